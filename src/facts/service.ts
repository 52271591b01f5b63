import { z } from "zod";
import type { KubeObject } from "../project/ports/cluster.ts";
import { type Identity, identityOf } from "./identity.ts";

export interface ServicePort {
  name: string | undefined;
  port: number;
  /** A number, or the name of a container's port. */
  targetPort: number | string;
  nodePort: number | undefined;
}

export interface Service extends Identity {
  type: string;
  selector: Readonly<Record<string, string>>;
  ports: ServicePort[];
  /** Pods behind it, by whether they take connections; undefined: nobody could read that. */
  endpoints: { ready: number; notReady: number } | undefined;
}

const shape = z.object({
  spec: z
    .object({
      type: z.string().default("ClusterIP"),
      selector: z.record(z.string(), z.string()).default({}),
      ports: z
        .array(
          z.object({
            name: z.string().optional(),
            port: z.number(),
            targetPort: z.union([z.number(), z.string()]).optional(),
            nodePort: z.number().optional(),
          }),
        )
        .default([]),
    })
    .prefault({}),
});

const slice = z.object({
  endpoints: z
    .array(
      z.object({
        addresses: z.array(z.string()).default([]),
        conditions: z.object({ ready: z.boolean().nullish() }).default({}),
      }),
    )
    .nullish(),
});

/** Which Service a slice is of: https://kubernetes.io/docs/concepts/services-networking/endpoint-slices/#ownership */
const SERVICE_LABEL = "kubernetes.io/service-name";

/** `slices`: all EndpointSlices of the namespace that are known; undefined: they could not be read. */
export function serviceOf(object: KubeObject, slices: readonly KubeObject[] | undefined): Service {
  const { spec } = shape.parse(object);
  const identity = identityOf(object);
  const endpoints = slices
    ?.filter(({ metadata }) => metadata.labels?.[SERVICE_LABEL] === identity.name)
    .flatMap((each) => slice.parse(each).endpoints ?? []);
  // Unknown is to be taken for ready: https://kubernetes.io/docs/reference/kubernetes-api/service-resources/endpoint-slice-v1/
  const ready = endpoints?.filter(({ conditions }) => conditions.ready !== false).length ?? 0;
  return {
    ...identity,
    type: spec.type,
    selector: spec.selector,
    ports: spec.ports.map(({ name, port, targetPort = port, nodePort }) => ({ name, port, targetPort, nodePort })),
    endpoints: endpoints && { ready, notReady: endpoints.length - ready },
  };
}
