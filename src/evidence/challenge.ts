import type { Evidence } from "./evidence.ts";
import { only } from "./only.ts";

export const challenge: Evidence = {
  kind: "Challenge",
  // Not its token nor its key, which are what is to be proved.
  keep: only({ spec: { type: true, dnsName: true }, status: true }),
  rights: [{ verbs: ["list"], why: "Why a certificate is not ready" }],
};
