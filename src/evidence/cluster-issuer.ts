import type { Evidence } from "./evidence.ts";
import { only } from "./only.ts";

export const clusterIssuer: Evidence = {
  kind: "ClusterIssuer",
  keep: only({ status: { conditions: true } }),
  rights: [{ verbs: ["list"], why: "Which issuer a certificate is asked of" }],
};
