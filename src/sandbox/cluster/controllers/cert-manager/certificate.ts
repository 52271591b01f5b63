import { z } from "zod";
import type { KubeObject } from "../../store.ts";

const Certificate = z.looseObject({
  spec: z.looseObject({
    secretName: z.string(),
    dnsNames: z.array(z.string()).default([]),
    issuerRef: z.looseObject({ name: z.string(), kind: z.string().default("Issuer") }),
  }),
  status: z.looseObject({ revision: z.number().default(0), failedIssuanceAttempts: z.number().optional() }).default({
    revision: 0,
  }),
});

export type Certificate = z.infer<typeof Certificate>;

export function parseCertificate(object: KubeObject): Certificate {
  return Certificate.parse(object);
}
