import type { Evidence } from "./evidence.ts";

export const certificate: Evidence = {
  kind: "Certificate",
  watch: { by: "label", whenServed: true },
  rights: [{ verbs: ["list", "watch"], why: "How far the certificate is" }],
};
