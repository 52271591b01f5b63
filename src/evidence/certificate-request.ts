import type { Evidence } from "./evidence.ts";
import { only } from "./only.ts";

export const certificateRequest: Evidence = {
  kind: "CertificateRequest",
  // Not the request nor the certificate themselves.
  keep: only({ spec: { issuerRef: true }, status: { conditions: true, failureTime: true } }),
  rights: [{ verbs: ["list"], why: "Whether a certificate's issuer took it up" }],
};
