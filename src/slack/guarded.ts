import type { Call } from "./call.ts";
import type { Desk } from "./desk.ts";
import { failureSentence } from "./failure-sentence.ts";
import { reply } from "./views/reply.ts";

/** Does what was asked; when that fails, the person hears so, and the log why. */
export async function guarded(call: Call, desk: Desk, act: () => Promise<void>): Promise<void> {
  try {
    await act();
  } catch (error) {
    desk.log.error({ err: error, person: call.person }, "a person's wish failed");
    await call
      .reply(reply(failureSentence(error, desk.words)))
      .catch((why: unknown) => desk.log.warn({ err: why }, "the person could not be answered"));
  }
}
