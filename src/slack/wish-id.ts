import { createHash } from "node:crypto";
import type { Call } from "./call.ts";

/** The same however often Slack delivers the same doing. Slack's own ids stay out of the cluster. */
export function wishId({ id }: Pick<Call, "id">): string {
  return `slack-${createHash("sha256").update(id).digest("hex").slice(0, 20)}`;
}
