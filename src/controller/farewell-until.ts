import type { Project } from "../project/project.ts";

/** While Slack is down, a day; where it takes nothing there, or where Slipway itself goes and nobody is left to wait, not longer than this. */
const MS = { down: 24 * 3_600_000, refused: 15_000 };
/** What a person would have to change in Slack, for the sake of a project that is gone. */
const REFUSALS = ["slack-not-in-channel", "slack-archived", "slack-scope-missing"];

/** Until when the last words of a project that is over since then are waited for, before its object goes. */
export function farewellUntil({ status: { slack } }: Project, since: Date, going = false): Date {
  const refused = slack !== undefined && REFUSALS.includes(slack.problem);
  return new Date(since.getTime() + (refused || going ? MS.refused : MS.down));
}
