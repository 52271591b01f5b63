import type { Slack } from "./model.ts";

/** Takes a modal and everything on top of it away; what was under it shows again. */
export function closeViews(slack: Slack, person: string, viewId: string): void {
  const stack = slack.stacks.get(person) ?? [];
  const index = stack.indexOf(viewId);
  if (index < 0) return;
  slack.stacks.set(person, stack.slice(0, index));
  for (const id of stack.slice(index).toReversed()) {
    slack.views.delete(id);
    slack.emit({ person }, { type: "view_closed", viewId: id });
  }
}
