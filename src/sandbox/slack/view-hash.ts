import type { Slack } from "./model.ts";

/** A view's hash changes with each of its versions: `<seconds>.<eight characters>`. */
export function viewHash(slack: Slack): string {
  return `${Math.floor(slack.world.clock.now().getTime() / 1000)}.${slack.text(8)}`;
}
