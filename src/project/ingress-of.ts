import { z } from "zod";
import type { KubeObject } from "./ports/cluster.ts";
import type { Read } from "./read.ts";

const backend = z.object({
  service: z
    .object({
      name: z.string(),
      port: z.object({ number: z.number().optional(), name: z.string().optional() }).default({}),
    })
    .optional(),
});

const facts = z.object({
  metadata: z.object({ name: z.string(), namespace: z.string() }),
  spec: z.object({
    ingressClassName: z.string().optional(),
    tls: z.array(z.object({ hosts: z.array(z.string()).default([]), secretName: z.string().optional() })).default([]),
    rules: z
      .array(
        z.object({
          host: z.string().optional(),
          http: z.object({ paths: z.array(z.object({ backend })) }).optional(),
        }),
      )
      .default([]),
  }),
  status: z
    .object({
      loadBalancer: z
        .object({
          ingress: z.array(z.object({ ip: z.string().optional(), hostname: z.string().optional() })).default([]),
        })
        .prefault({}),
    })
    .prefault({}),
});

export type IngressFacts = z.output<typeof facts>;

/** The Ingress that routes `host`. https://kubernetes.io/docs/reference/kubernetes-api/service-resources/ingress-v1/ */
export function ingressOf(ingresses: Read<KubeObject[]>, host: string): IngressFacts | undefined {
  if (!ingresses.known) return undefined;
  return ingresses.value
    .flatMap((object) => facts.safeParse(object).data ?? [])
    .find(({ spec }) => spec.rules.some((rule) => rule.host === host));
}
