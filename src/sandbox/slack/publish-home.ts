import { changeView } from "./change-view.ts";
import { initialState } from "./initial-state.ts";
import type { Fields, Slack, View } from "./model.ts";
import { normalizeBlocks } from "./normalize-blocks.ts";
import { presentView } from "./present-view.ts";
import { viewHash } from "./view-hash.ts";

/** A person's Home tab of the app: one view, published anew each time. */
export function publishHome(slack: Slack, person: string, given: Fields): View {
  const current = slack.views.get(slack.homes.get(person) ?? "");
  if (current !== undefined) return changeView(slack, current, given);
  const { blocks, ...rest } = given;
  const id = slack.id("V");
  const normalized = normalizeBlocks(slack, Array.isArray(blocks) ? blocks : []);
  const view: View = {
    id,
    type: "home",
    person,
    hash: viewHash(slack),
    blocks: normalized,
    given: rest,
    state: initialState(normalized),
    rootViewId: id,
  };
  slack.views.set(id, view);
  slack.homes.set(person, id);
  slack.emit({ person }, { type: "home_published", view: presentView(slack, view) });
  return view;
}
