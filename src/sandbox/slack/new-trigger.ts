import type { Slack } from "./model.ts";

/** "trigger_ids … expire three seconds after they are issued". Real seconds: it is the app that has to be quick. */
const LIVES = 3000;

/** The permission to open a modal for a person, given with each interaction. */
export function newTrigger(slack: Slack, person: string, viewId?: string): string {
  const id = `${slack.nextTs().replace(".", "")}.${slack.team.id.length}.${slack.text(32)}`;
  const expires = slack.world.clock.now().getTime() + LIVES;
  slack.triggers.set(id, { person, expires, used: false, ...(viewId === undefined ? {} : { viewId }) });
  return id;
}
