import { initialState } from "./initial-state.ts";
import type { Fields, Slack, View } from "./model.ts";
import { normalizeBlocks } from "./normalize-blocks.ts";
import { presentView } from "./present-view.ts";
import { viewHash } from "./view-hash.ts";

/** Replaces a view's content. What a person typed stays where block_id and action_id stay. */
export function changeView(slack: Slack, view: View, given: Fields): View {
  const { blocks, ...rest } = given;
  const before = view.state;
  view.blocks = normalizeBlocks(slack, Array.isArray(blocks) ? blocks : []);
  view.given = rest;
  view.hash = viewHash(slack);
  view.state = Object.fromEntries(
    Object.entries(initialState(view.blocks)).map(([blockId, actions]) => [
      blockId,
      Object.fromEntries(
        Object.entries(actions).map(([actionId, initial]) => {
          const kept = before[blockId]?.[actionId];
          return [actionId, kept?.type === initial.type ? kept : initial];
        }),
      ),
    ]),
  );
  slack.emit(
    { person: view.person },
    { type: view.type === "home" ? "home_published" : "view_updated", view: presentView(slack, view) },
  );
  return view;
}
