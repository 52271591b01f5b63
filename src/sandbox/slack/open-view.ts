import { initialState } from "./initial-state.ts";
import type { Fields, Slack, View } from "./model.ts";
import { normalizeBlocks } from "./normalize-blocks.ts";
import { presentView } from "./present-view.ts";
import { viewHash } from "./view-hash.ts";

/** Shows a person a modal: in place of all open ones, or on top of them. */
export function openView(slack: Slack, person: string, given: Fields, how: "open" | "push"): View {
  const stack = how === "push" ? (slack.stacks.get(person) ?? []) : [];
  if (how === "open") for (const id of slack.stacks.get(person) ?? []) slack.views.delete(id);
  const { blocks, ...rest } = given;
  const id = slack.id("V");
  const normalized = normalizeBlocks(slack, Array.isArray(blocks) ? blocks : []);
  const previous = stack.at(-1);
  const view: View = {
    id,
    type: "modal",
    person,
    hash: viewHash(slack),
    blocks: normalized,
    given: rest,
    state: initialState(normalized),
    rootViewId: stack[0] ?? id,
    ...(previous === undefined ? {} : { previousViewId: previous }),
  };
  slack.views.set(id, view);
  slack.stacks.set(person, [...stack, id]);
  slack.emit({ person }, { type: how === "push" ? "view_pushed" : "view_opened", view: presentView(slack, view) });
  return view;
}
