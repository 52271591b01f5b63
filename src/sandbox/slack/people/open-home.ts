import { announce } from "../announce.ts";
import { describeView } from "../describe-view.ts";
import type { Person, Slack } from "../model.ts";
import { openDirect } from "../open-direct.ts";
import { presentView } from "../present-view.ts";

/** A person opens the app's Home tab: they see what was published last, and the app hears of it. */
export function openHome(slack: Slack, person: Person): void {
  const view = slack.views.get(slack.homes.get(person.id) ?? "");
  if (view !== undefined) slack.emit({ person: person.id }, { type: "home_published", view: presentView(slack, view) });
  announce(slack, "app_home_opened", {
    type: "app_home_opened",
    user: person.id,
    channel: openDirect(slack, person).id,
    tab: "home",
    ...(view === undefined ? {} : { view: describeView(slack, view) }),
    event_ts: slack.nextTs(),
  });
}
