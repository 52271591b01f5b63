import { z } from "zod";
import type { KubeObject } from "../project/ports/cluster.ts";
import { type Identity, identityOf } from "./identity.ts";

export interface Backend {
  service: string;
  /** Of the Service, by number or name. */
  port: number | string | undefined;
  /** It is asked for `/`, the page that people open. */
  root: boolean;
}

export interface IngressRule {
  /** Undefined: whatever host is asked for. */
  host: string | undefined;
  backends: Backend[];
}

export interface Ingress extends Identity {
  className: string | undefined;
  rules: IngressRule[];
  tls: { hosts: string[]; secretName: string | undefined }[];
  /** Addresses or names of whoever serves it; empty until somebody does. */
  addresses: string[];
  /** cert-manager is asked for its certificates. */
  asksForCertificate: boolean;
}

const backend = z.object({
  service: z
    .object({
      name: z.string(),
      port: z.object({ number: z.number().optional(), name: z.string().optional() }).default({}),
    })
    .optional(),
});
const shape = z.object({
  spec: z
    .object({
      ingressClassName: z.string().optional(),
      defaultBackend: backend.optional(),
      tls: z.array(z.object({ hosts: z.array(z.string()).default([]), secretName: z.string().optional() })).default([]),
      rules: z
        .array(
          z.object({
            host: z.string().optional(),
            http: z
              .object({ paths: z.array(z.object({ path: z.string().default("/"), backend })).default([]) })
              .optional(),
          }),
        )
        .default([]),
    })
    .prefault({}),
  status: z
    .object({
      loadBalancer: z
        .object({
          ingress: z.array(z.object({ ip: z.string().optional(), hostname: z.string().optional() })).nullish(),
        })
        .prefault({}),
    })
    .prefault({}),
});

/** https://cert-manager.io/docs/usage/ingress/#supported-annotations */
const ASKING = ["cert-manager.io/cluster-issuer", "cert-manager.io/issuer", "kubernetes.io/tls-acme"];

/** https://kubernetes.io/docs/reference/kubernetes-api/service-resources/ingress-v1/ */
export function ingressOf(object: KubeObject): Ingress {
  const { spec, status } = shape.parse(object);
  const identity = identityOf(object);
  const rules = spec.rules.map(({ host, http }) => ({
    host: host === "" ? undefined : host,
    backends: (http?.paths ?? []).flatMap(({ path, ...each }) => backendOf(each.backend, path)),
  }));
  const rest =
    spec.defaultBackend === undefined ? [] : [{ host: undefined, backends: backendOf(spec.defaultBackend, "/") }];
  return {
    ...identity,
    className: spec.ingressClassName ?? identity.annotations["kubernetes.io/ingress.class"],
    rules: [...rules, ...rest],
    tls: spec.tls.map(({ hosts, secretName }) => ({ hosts, secretName })),
    addresses: (status.loadBalancer.ingress ?? []).flatMap(({ ip, hostname }) => ip ?? hostname ?? []),
    asksForCertificate: ASKING.some((each) => each in identity.annotations),
  };
}

function backendOf({ service }: z.output<typeof backend>, path: string): Backend[] {
  const root = path === "/" || path === "";
  return service ? [{ service: service.name, port: service.port.number ?? service.port.name, root }] : [];
}
