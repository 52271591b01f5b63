import { z } from "zod";
import type { KubeObject } from "../project/ports/cluster.ts";
import { type Conditions, conditionsOf } from "./conditions.ts";
import { type Identity, identityOf } from "./identity.ts";

/** One name that somebody has to prove. */
export interface Challenge {
  host: string;
  /** `HTTP-01`, `DNS-01`. */
  type: string;
  /** `pending`, `valid`, `invalid`, `expired`, `errored`; empty until it was taken up. */
  state: string;
  reason: string;
}

export interface Certificate extends Identity {
  issuer: string;
  issuerKind: string;
  hosts: string[];
  secretName: string;
  ready: boolean;
  conditions: Conditions;
  notAfter: Date | undefined;
  /** What is being done for it, newest request first; empty where nothing is. */
  requests: { name: string; ready: string; reason: string; message: string }[];
  orders: { name: string; state: string; reason: string }[];
  /** Of the newest request, and of names that are still wanted: with other names a Certificate is asked for anew. */
  challenges: Challenge[];
}

/** Certificate → CertificateRequest → Order → Challenge: https://cert-manager.io/docs/concepts/acme-orders-challenges/ */
export interface Chain {
  requests: readonly KubeObject[];
  orders: readonly KubeObject[];
  challenges: readonly KubeObject[];
}

const shape = z.object({
  spec: z
    .object({
      issuerRef: z.object({ name: z.string().default(""), kind: z.string().default("Issuer") }).prefault({}),
      dnsNames: z.array(z.string()).default([]),
      secretName: z.string().default(""),
    })
    .prefault({}),
  status: z.object({ notAfter: z.string().optional() }).prefault({}),
});
const order = z.object({
  status: z.object({ state: z.string().default(""), reason: z.string().default("") }).prefault({}),
});
const challenge = z.object({
  spec: z.object({ type: z.string().default("HTTP-01"), dnsName: z.string().default("") }).prefault({}),
  status: z.object({ state: z.string().default(""), reason: z.string().default("") }).prefault({}),
});

export function certificateOf(object: KubeObject, chain: Chain): Certificate {
  const { spec, status } = shape.parse(object);
  const identity = identityOf(object);
  const conditions = conditionsOf(object.status, identity.generation);
  const requests = ownedBy(chain.requests, [identity]).toSorted(newestFirst);
  const orders = ownedBy(chain.orders, requests);
  const challenges = ownedBy(chain.challenges, ownedBy(chain.orders, requests.slice(0, 1)));
  return {
    ...identity,
    issuer: spec.issuerRef.name,
    issuerKind: spec.issuerRef.kind,
    hosts: spec.dnsNames,
    secretName: spec.secretName,
    ready: conditions.Ready?.status === "True",
    conditions,
    notAfter: status.notAfter === undefined ? undefined : new Date(status.notAfter),
    requests: requests.map(({ object: request, name, generation }) => {
      const ready = conditionsOf(request.status, generation).Ready;
      return { name, ready: ready?.status ?? "Unknown", reason: ready?.reason ?? "", message: ready?.message ?? "" };
    }),
    orders: orders.map(({ object: each, name }) => ({ name, ...order.parse(each).status })),
    challenges: challenges.flatMap(({ object: each }) => {
      const { spec: asked, status: told } = challenge.parse(each);
      const { dnsName: host, type } = asked;
      // For `*.example.com` example.com is to be proved.
      return spec.dnsNames.some((name) => name === host || name === `*.${host}`) ? [{ host, type, ...told }] : [];
    }),
  };
}

interface Link extends Identity {
  object: KubeObject;
}

function ownedBy(objects: readonly KubeObject[], owners: readonly Identity[]): Link[] {
  return objects
    .map((object) => ({ ...identityOf(object), object }))
    .filter(({ owner }) => owners.some(({ uid }) => uid === owner?.uid));
}

function newestFirst(a: Identity, b: Identity): number {
  return (b.createdAt?.getTime() ?? 0) - (a.createdAt?.getTime() ?? 0);
}
