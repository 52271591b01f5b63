import { closeViews } from "../close-views.ts";
import { describeView } from "../describe-view.ts";
import type { Person, Slack, View } from "../model.ts";
import { interaction } from "./interaction.ts";

/** A person closes a modal; the app hears of it where the view asked for that (notify_on_close). */
export async function close(slack: Slack, person: Person, view: View): Promise<void> {
  const isCleared = view.given.clear_on_close === true;
  const payload = {
    type: "view_closed",
    ...interaction(slack, person),
    view: describeView(slack, view),
    is_cleared: isCleared,
  };
  closeViews(slack, person.id, isCleared ? view.rootViewId : view.id);
  if (view.given.notify_on_close === true)
    await slack.deliver({ type: "interactive", acceptsResponse: false, payload });
}
