import type { Delivery } from "../project/ports/github.ts";

/** GitHub's webhook of ours, by what came of the last that it sent. */
export type Webhook =
  | { state: "gone" }
  /** Nothing was sent in the last days. */
  | { state: "unused" }
  /** `unsigned`: not with our secret, so that it was refused. */
  | { state: "answered" | "unsigned" | "undelivered"; last: Delivery };

export function webhookOf(last: Delivery | "none" | "gone"): Webhook {
  if (last === "gone") return { state: "gone" };
  if (last === "none") return { state: "unused" };
  if (last.status >= 200 && last.status < 300) return { state: "answered", last };
  return { state: last.status === 401 ? "unsigned" : "undelivered", last };
}
