import { createHash } from "node:crypto";
import type { Intent } from "../project/project.ts";
import type { Call } from "./call.ts";
import type { Desk } from "./desk.ts";

/** A wish whose id is the same however often Slack delivers the same doing. Slack's own ids stay out of the cluster. */
export function intentOf(call: Call, desk: Desk): Intent {
  const digest = createHash("sha256").update(call.id).digest("hex").slice(0, 20);
  return { id: `slack-${digest}`, by: call.person, at: desk.clock.now().toISOString() };
}
