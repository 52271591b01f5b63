import type { Slack } from "../model.ts";

export function envelopeId(slack: Slack): string {
  return [8, 4, 4, 4, 12].map((length) => slack.text(length)).join("-");
}
