import { randomBytes } from "node:crypto";
import { afterAll, expect } from "vitest";
import { PATCH, type Reply } from "../connection.ts";
import type { Site } from "./site.ts";

const KINDS: Record<string, { apiVersion: string; plural: string }> = {
  ConfigMap: { apiVersion: "v1", plural: "configmaps" },
  Event: { apiVersion: "v1", plural: "events" },
  Pod: { apiVersion: "v1", plural: "pods" },
  Secret: { apiVersion: "v1", plural: "secrets" },
  EndpointSlice: { apiVersion: "discovery.k8s.io/v1", plural: "endpointslices" },
  Service: { apiVersion: "v1", plural: "services" },
  ServiceAccount: { apiVersion: "v1", plural: "serviceaccounts" },
  Deployment: { apiVersion: "apps/v1", plural: "deployments" },
  StatefulSet: { apiVersion: "apps/v1", plural: "statefulsets" },
  DaemonSet: { apiVersion: "apps/v1", plural: "daemonsets" },
  Job: { apiVersion: "batch/v1", plural: "jobs" },
  RoleBinding: { apiVersion: "rbac.authorization.k8s.io/v1", plural: "rolebindings" },
  Ingress: { apiVersion: "networking.k8s.io/v1", plural: "ingresses" },
  GitRepository: { apiVersion: "source.toolkit.fluxcd.io/v1", plural: "gitrepositories" },
  Kustomization: { apiVersion: "kustomize.toolkit.fluxcd.io/v1", plural: "kustomizations" },
  Certificate: { apiVersion: "cert-manager.io/v1", plural: "certificates" },
  CertificateRequest: { apiVersion: "cert-manager.io/v1", plural: "certificaterequests" },
  Order: { apiVersion: "acme.cert-manager.io/v1", plural: "orders" },
  Challenge: { apiVersion: "acme.cert-manager.io/v1", plural: "challenges" },
};

/** Namespaces of a suite's own, what it puts there, and what it sees become of it. */
export function scene(site: () => Site) {
  const id = `contract-${randomBytes(4).toString("hex")}`;
  const namespaces: string[] = [];
  const send = (method: string, path: string, body?: unknown, type?: string) =>
    site().server.send(method, path, { body, ...(type === undefined ? {} : { type }) });

  afterAll(async () => {
    for (const name of namespaces) await send("DELETE", `/api/v1/namespaces/${name}`);
  });

  const get = async (kind: string, namespace: string, name: string): Promise<Reply["body"]> =>
    (await send("GET", pathOf(kind, namespace, name))).body;
  const list = async (kind: string, namespace: string): Promise<Reply["body"][]> =>
    (await send("GET", pathOf(kind, namespace))).body.items ?? [];
  const change = async (kind: string, namespace: string, name: string, patch: object) => {
    const { status, body } = await send("PATCH", pathOf(kind, namespace, name), patch, PATCH.merge);
    expect(status, JSON.stringify(body)).toBe(200);
  };

  return {
    /** Part of the namespaces' names, for what needs a name of its own elsewhere. */
    id,
    get site() {
      return site();
    },
    async namespace(name: string): Promise<string> {
      const full = `${id}-${name}`;
      const { status } = await send("POST", "/api/v1/namespaces", { metadata: { name: full } });
      expect(status).toBe(201);
      namespaces.push(full);
      return full;
    },
    async make(kind: string, namespace: string, name: string, fields: object, metadata: object = {}) {
      const { apiVersion } = KINDS[kind] ?? {};
      const object = { apiVersion, kind, metadata: { name, namespace, ...metadata }, ...fields };
      const { status, body } = await send("POST", pathOf(kind, namespace), object);
      expect(status, JSON.stringify(body)).toBe(201);
    },
    get,
    list,
    change,
    remove: async (kind: string, namespace: string, name: string) =>
      void (await send("DELETE", pathOf(kind, namespace, name))),
    /** Asks a Flux object to look now. https://fluxcd.io/flux/components/source/gitrepositories/#triggering-a-reconcile */
    async poke(kind: string, namespace: string, name: string): Promise<string> {
      const requestedAt = new Date().toISOString();
      const annotations = { "reconcile.fluxcd.io/requestedAt": requestedAt };
      await change(kind, namespace, name, { metadata: { annotations } });
      return requestedAt;
    },
    /** Each by its type: `status reason: message`. */
    conditions: async (kind: string, namespace: string, name: string) => conditionsOf(await get(kind, namespace, name)),
    /** `type reason kind: message` of each. */
    events: async (namespace: string): Promise<string[]> =>
      (await list("Event", namespace)).map(
        ({ type, reason, involvedObject, message }) => `${type} ${reason} ${involvedObject.kind}: ${message}`,
      ),
    /** Looks until what is seen is so. */
    async see(look: () => Promise<unknown>, wanted: object) {
      await expect.poll(look, site().patience).toMatchObject(wanted);
    },
    /** Looks until each of these is among what is seen. */
    async hear(look: () => Promise<string[]>, ...wanted: RegExp[]) {
      await expect
        .poll(look, site().patience)
        .toEqual(expect.arrayContaining(wanted.map((each) => expect.stringMatching(each))));
    },
  };
}

export type Scene = ReturnType<typeof scene>;

export function conditionsOf(object: Reply["body"]): Record<string, string> {
  const conditions: { type: string; status: string; reason?: string; message?: string }[] =
    object?.status?.conditions ?? [];
  return Object.fromEntries(
    conditions.map(({ type, status, reason, message }) => [type, `${status} ${reason ?? ""}: ${message ?? ""}`]),
  );
}

function pathOf(kind: string, namespace: string, name?: string): string {
  const known = KINDS[kind];
  if (!known) throw new Error(`the scene has no ${kind}`);
  const root = known.apiVersion.includes("/") ? `/apis/${known.apiVersion}` : `/api/${known.apiVersion}`;
  return `${root}/namespaces/${namespace}/${known.plural}${name === undefined ? "" : `/${name}`}`;
}
