import type { Evidence } from "./evidence.ts";
import { only } from "./only.ts";

export const order: Evidence = {
  kind: "Order",
  // Not the request nor the certificate themselves.
  keep: only({ spec: { dnsNames: true }, status: { state: true, reason: true, failureTime: true } }),
  rights: [{ verbs: ["list"], why: "How far the certificate authority is" }],
};
