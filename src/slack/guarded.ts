import { Problem } from "../project/problem.ts";
import type { Call } from "./call.ts";
import type { Desk } from "./desk.ts";
import { reply } from "./views/reply.ts";

/** Does what was asked; when that fails, the person hears so, and the log why. */
export async function guarded(call: Call, desk: Desk, act: () => Promise<void>): Promise<void> {
  try {
    await act();
  } catch (error) {
    desk.log.error({ err: error, person: call.person }, "a person's wish failed");
    const { failed } = desk.words.slack;
    const said = error instanceof Problem ? problemSentence(error, desk) : failed.unexpected;
    await call
      .reply(reply(said))
      .catch((why: unknown) => desk.log.warn({ err: why }, "the person could not be answered"));
  }
}

function problemSentence(problem: Problem, desk: Desk): string {
  const said = desk.words.findings[problem.code];
  if (!said) return desk.words.slack.failed.unexpected;
  return [said.cause(problem.params), said.fix(problem.params)].filter((part) => part !== "").join(" ");
}
