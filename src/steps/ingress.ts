import { z } from "zod";
import type { Outcome } from "../project/outcome.ts";
import type { EnvironmentSnapshot } from "../project/snapshot.ts";
import type { Step } from "./step.ts";

export const ingressFacts = z.object({
  metadata: z.object({ name: z.string(), namespace: z.string() }),
  spec: z.object({
    ingressClassName: z.string().optional(),
    tls: z.array(z.object({ hosts: z.array(z.string()).default([]), secretName: z.string().optional() })).default([]),
    rules: z
      .array(
        z.object({
          host: z.string().optional(),
          http: z
            .object({
              paths: z.array(
                z.object({
                  backend: z.object({
                    service: z
                      .object({
                        name: z.string(),
                        port: z.object({ number: z.number().optional(), name: z.string().optional() }).default({}),
                      })
                      .optional(),
                  }),
                }),
              ),
            })
            .optional(),
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

/** The Ingress that the repository brings stands, with the host of each environment. */
export const ingress: Step = {
  name: "ingress",
  stage: "ingress",
  after: ["rollout"],

  async ensure({ snapshot }): Promise<Outcome> {
    let port = "80";
    for (const at of snapshot.environments) {
      const found = ingressOf(at);
      if (!found) return { state: "waiting", reason: "IngressMissing", params: { host: at.environment.host } };
      const backend = found.spec.rules.find(({ host }) => host === at.environment.host)?.http?.paths[0]?.backend
        .service;
      port = String(backend?.port.number ?? backend?.port.name ?? port);
    }
    const [first] = snapshot.environments;
    return { state: "done", reason: "IngressReady", params: { host: first?.environment.host ?? "", port } };
  },
};

/** The one that routes the environment's host. */
export function ingressOf(at: EnvironmentSnapshot): z.output<typeof ingressFacts> | undefined {
  if (!at.ingresses.known) return undefined;
  return at.ingresses.value
    .flatMap((object) => ingressFacts.safeParse(object).data ?? [])
    .find(({ spec }) => spec.rules.some(({ host }) => host === at.environment.host));
}
