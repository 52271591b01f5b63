import type { WebClient } from "@slack/web-api";
import type { GitHubPart } from "../../../src/sandbox/github/start.ts";
import type { Call } from "../scale/load-projects.ts";
import { nameOf } from "../scale/objects-of.ts";
import { settleProject } from "../scale/settle-project.ts";

const AT_ONCE = 8;

/** Every project as a launch left it, with its messages in a thread that has no warning yet; every source fetches. */
export async function restoreProjects(
  count: number,
  given: { call: Call; slack: WebClient; github: GitHubPart },
): Promise<void> {
  const { call, slack, github } = given;
  const { channel, ts } = await slack.chat.postMessage({ channel: "#launches", text: "All of these are live." });
  if (!channel || !ts) throw new Error("Slack took no message");
  let next = 0;
  const work = async () => {
    while (next < count) {
      await settleProject(nameOf(next++), { call, github, thread: { channel, ts } });
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
}
