import type { Slack } from "../model.ts";

/** Slack's own words to one person. */
export function notice(slack: Slack, person: string, text: string, channel?: string): void {
  slack.emit({ person }, { type: "notice", text, ...(channel === undefined ? {} : { channel }) });
}
