import type { LaunchRequest } from "../project/ports/launcher.ts";
import type { Call } from "./call.ts";
import type { Desk } from "./desk.ts";
import { launch } from "./launch.ts";

/** Launches, and answers who asked. What was refused goes after that: whoever dies in between, the leader tells it. */
export async function answerLaunch(request: LaunchRequest, call: Call, desk: Desk): Promise<void> {
  const launched = await launch(request, call, desk);
  await call.reply(launched.reply);
  if (!launched.made) await launched.told?.();
}
