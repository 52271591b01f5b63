import { z } from "zod";
import { ingressOf } from "../project/ingress-of.ts";
import type { EnvironmentSnapshot } from "../project/snapshot.ts";

const service = z.object({
  metadata: z.object({ name: z.string() }),
  spec: z.object({
    ports: z
      .array(
        z.object({
          name: z.string().optional(),
          port: z.number(),
          targetPort: z.union([z.number(), z.string()]).optional(),
        }),
      )
      .default([]),
  }),
});

const workload = z.object({
  spec: z.object({
    template: z.object({
      spec: z.object({
        containers: z.array(
          z.object({
            ports: z.array(z.object({ name: z.string().optional(), containerPort: z.number() })).default([]),
          }),
        ),
      }),
    }),
  }),
});

/** Where the application listens, by following names from the Ingress through the Service to the container. */
export function targetPort(at: EnvironmentSnapshot): number | undefined {
  if (!at.services.known || !at.deployments.known) return undefined;
  const { host } = at.environment;
  const rule = ingressOf(at.ingresses, host)?.spec.rules.find((each) => each.host === host);
  const backend = rule?.http?.paths[0]?.backend.service;
  const named = at.services.value
    .flatMap((object) => service.safeParse(object).data ?? [])
    .find(({ metadata }) => metadata.name === backend?.name);
  const port = named?.spec.ports.find(
    (each) => each.port === backend?.port.number || (each.name !== undefined && each.name === backend?.port.name),
  );
  const target = port?.targetPort ?? port?.port;
  if (typeof target === "number" || target === undefined) return target;
  return at.deployments.value
    .flatMap((object) => workload.safeParse(object).data?.spec.template.spec.containers ?? [])
    .flatMap(({ ports }) => ports)
    .find(({ name }) => name === target)?.containerPort;
}
