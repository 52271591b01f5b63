import { isDeepStrictEqual } from "node:util";
import { PROJECT_LABEL } from "../../../src/project/ownership.ts";
import type { Cluster, KubeObject, Manager, ObjectRef } from "../../../src/project/ports/cluster.ts";
import { Problem } from "../../../src/project/problem.ts";
import { condition } from "../objects.ts";

export interface MemoryCluster {
  cluster: Cluster;
  /** By `Kind/namespace/name`. */
  objects: Map<string, KubeObject>;
  /** As somebody else would put it there. */
  put(object: KubeObject): void;
  /** Who wrote what of an object, by `Kind/namespace/name`. */
  managers: Map<string, Manager[]>;
  /** In order: what changed the cluster. */
  changes: string[];
  /** What the git server of the cluster's Flux is able to do; `says`: of a Kustomization that it does not get applied. */
  flux: { reachesGit: boolean; head: string; says?: Parameters<typeof condition>[] };
  /** Namespaces whose pods do not get ready. */
  lagging: Set<string>;
}

const ref = (kind: string, namespace: string | undefined, name: string) => `${kind}/${namespace ?? ""}/${name}`;
const refOf = ({ kind, metadata }: KubeObject) => ref(kind, metadata.namespace, metadata.name);
const CLUSTER_WIDE = ["Namespace", "IngressClass", "ClusterIssuer", "ClusterRole", "Node"];

/**
 * A cluster whose controllers need no time: a source is fetched, an application rolled out as it is applied. What is
 * deleted lingers for one look, as finalizers make it.
 */
export function createMemoryCluster(clock: { now(): Date }): MemoryCluster {
  const objects = new Map<string, KubeObject>();
  const managers = new Map<string, Manager[]>();
  const changes: string[] = [];
  const flux: MemoryCluster["flux"] = { reachesGit: true, head: "0".repeat(40) };
  const lagging = new Set<string>();
  let uids = 0;

  function put(object: KubeObject) {
    const { name, namespace } = object.metadata;
    const before = objects.get(refOf(object));
    // What somebody else has set stays, as it does with server-side apply.
    const spec = suspendIn(before) ? { ...Object(object.spec), suspend: true } : object.spec;
    const same = before !== undefined && isDeepStrictEqual(before.spec, spec);
    objects.set(refOf(object), {
      ...before,
      ...structuredClone(object),
      ...(spec === undefined ? {} : { spec: structuredClone(spec) }),
      metadata: {
        uid: `uid-${++uids}`,
        creationTimestamp: clock.now().toISOString(),
        ...before?.metadata,
        ...structuredClone(object.metadata),
        generation: (before?.metadata.generation ?? 0) + (same ? 0 : 1),
      },
    });
    if (!isDeepStrictEqual(before && bare(before), bare(objects.get(refOf(object)))))
      changes.push(`${before ? "change" : "make"} ${ref(object.kind, namespace, name)}`);
  }

  /** What Flux and what follows it make of our two objects. */
  function follow(object: KubeObject) {
    const current = objects.get(refOf(object));
    if (!current || suspendIn(current)) return;
    const generation = current.metadata.generation ?? 1;
    const said = (...conditions: Parameters<typeof condition>[]) => ({
      observedGeneration: generation,
      conditions: conditions.map((each) => ({ ...condition(...each), observedGeneration: generation })),
    });
    // What was fetched before is kept while git is out of reach.
    if (object.kind === "GitRepository") {
      const { ref } = current.spec as { ref: { branch: string; commit?: string } }; // as git-repository-of.ts writes it
      const commit = ref.commit ?? flux.head;
      const before = current.status as { artifact?: object } | undefined; // as it is written here
      const fetched = { revision: ref.commit === undefined ? `${ref.branch}@sha1:${commit}` : `sha1:${commit}` };
      const artifact = flux.reachesGit ? fetched : before?.artifact;
      const stored: Parameters<typeof condition>[] = artifact ? [["ArtifactInStorage", "True", "Succeeded"]] : [];
      current.status = {
        ...(flux.reachesGit
          ? said(["Ready", "True", "Succeeded"], ...stored)
          : said(
              ["Ready", "False", "GitOperationFailed", CUT],
              ["FetchFailed", "True", "GitOperationFailed", CUT],
              ...stored,
            )),
        ...(artifact ? { artifact } : {}),
      };
      return;
    }
    if (object.kind !== "Kustomization") return;
    const { images, sourceRef, patches } = current.spec as {
      images?: { name: string; newTag: string }[];
      sourceRef: { name: string };
      patches?: { patch: string }[];
    }; // as kustomization-of.ts writes it
    const [image] = images ?? [];
    const { namespace = "", name } = current.metadata;
    const source = objects.get(ref("GitRepository", namespace, sourceRef.name))?.status as
      | { artifact?: { revision: string } }
      | undefined; // as it is written above
    if (!image || !source?.artifact) return;
    if (flux.says) {
      current.status = { ...Object(current.status), conditions: said(...flux.says).conditions };
      return;
    }
    const entry = (kind: string, group: string) => ({ id: `${namespace}_${name}_${group}_${kind}`, v: "v1" });
    current.status = {
      ...said(["Ready", "True", "ReconciliationSucceeded"]),
      lastAppliedRevision: source.artifact.revision,
      lastAttemptedRevision: source.artifact.revision,
      inventory: { entries: [entry("Deployment", "apps"), entry("Ingress", "networking.k8s.io")] },
    };
    const metadata = { name, namespace, labels: { [PROJECT_LABEL]: current.metadata.labels?.[PROJECT_LABEL] ?? "" } };
    const replicas = countOf(patches) ?? 1;
    const ready = lagging.has(namespace) ? 0 : replicas;
    const counts = { replicas, updatedReplicas: replicas, readyReplicas: ready, availableReplicas: ready };
    const application = objects.get(ref("Deployment", namespace, name))?.spec as
      | { template: { spec: { containers: { image: string }[] } } }
      | undefined; // as it is written below
    // Pods of another image go; those that come in their place need no time.
    if (application && application.template.spec.containers[0]?.image !== `${image.name}:${image.newTag}`)
      for (const [key, each] of [...objects])
        if (["Pod", "ReplicaSet"].includes(each.kind) && each.metadata.namespace === namespace) objects.delete(key);
    put({
      apiVersion: "apps/v1",
      kind: "Deployment",
      metadata,
      spec: {
        replicas,
        template: { spec: { containers: [{ name: "app", image: `${image.name}:${image.newTag}` }] } },
      },
      status: {
        observedGeneration: Number.MAX_SAFE_INTEGER,
        ...counts,
        conditions: [condition("Available", "True", "MinimumReplicasAvailable")],
      },
    });
    put({
      apiVersion: "networking.k8s.io/v1",
      kind: "Ingress",
      metadata,
      spec: {
        rules: [
          {
            host: `${namespace}.example.com`,
            http: { paths: [{ backend: { service: { name, port: { number: 80 } } } }] },
          },
        ],
      },
      status: { loadBalancer: { ingress: [{ ip: "203.0.113.7" }] } },
    });
  }

  function drop(key: string) {
    const gone = objects.get(key);
    if (!gone) return;
    objects.delete(key);
    changes.push(`delete ${key}`);
    const { name, namespace } = gone.metadata;
    // A namespace takes everything in it along; a Kustomization what it applied.
    for (const [other, { kind, metadata }] of [...objects])
      if (
        (gone.kind === "Namespace" && metadata.namespace === name) ||
        (gone.kind === "Kustomization" && metadata.namespace === namespace && ["Deployment", "Ingress"].includes(kind))
      )
        objects.delete(other);
  }

  const memory: MemoryCluster = {
    objects,
    managers,
    changes,
    flux,
    lagging,
    put,
    cluster: {
      async get({ kind, namespace, name }) {
        const key = ref(kind, namespace, name);
        const found = structuredClone(objects.get(key));
        if (found?.metadata.deletionTimestamp !== undefined) drop(key);
        return found;
      },
      async list(_, kind, { namespace, labels } = {}) {
        return structuredClone(
          [...objects.values()].filter(
            (each) =>
              each.kind === kind &&
              (namespace === undefined || each.metadata.namespace === namespace) &&
              Object.entries(labels ?? {}).every(([name, value]) => each.metadata.labels?.[name] === value),
          ),
        );
      },
      async apply(object) {
        const { namespace } = object.metadata;
        const home = namespace === undefined ? undefined : objects.get(ref("Namespace", undefined, namespace));
        if (!CLUSTER_WIDE.includes(object.kind) && (!home || home.metadata.deletionTimestamp !== undefined))
          throw new Problem("object-missing", { evidence: `namespaces "${namespace}" not found` });
        put(object);
        follow(object);
        const now = objects.get(refOf(object));
        if (!now) throw new Error("just put there");
        return structuredClone(now);
      },
      async delete({ kind, namespace, name }: ObjectRef, { uid } = {}) {
        const found = objects.get(ref(kind, namespace, name));
        if (!found || (uid !== undefined && found.metadata.uid !== uid)) return;
        // Nothing holds a Secret up, and Flux lets a source go at once.
        if (kind === "Secret" || kind === "GitRepository") drop(ref(kind, namespace, name));
        else found.metadata.deletionTimestamp ??= clock.now().toISOString();
      },
      async poke({ kind, namespace, name }) {
        changes.push(`poke ${ref(kind, namespace, name)}`);
      },
      managers: async ({ kind, namespace, name }) => managers.get(ref(kind, namespace, name)) ?? [],
      can: async () => true,
      serves: async (_, kind) => !["Certificate", "ClusterIssuer"].includes(kind),
    },
  };
  return memory;
}

const CUT =
  "failed to checkout and determine revision: unable to list remote for 'https://github.com/acme/rrr.git': Get \"https://github.com/acme/rrr.git/info/refs?service=git-upload-pack\": dial tcp 20.205.243.166:443: i/o timeout";

/** Its controller leaves it alone then. https://fluxcd.io/flux/components/kustomize/kustomizations/#suspend */
function suspendIn(object: KubeObject | undefined): boolean {
  return (object?.spec as { suspend?: boolean } | undefined)?.suspend === true; // as Flux's kinds have it
}

/** What a patch among them gives to `replicas`. */
function countOf(patches: { patch: string }[] = []): number | undefined {
  const [count] = patches.flatMap(({ patch }) => /"\/spec\/replicas","value":(\d+)/.exec(patch)?.[1] ?? []);
  return count === undefined ? undefined : Number(count);
}

/** Without what every write changes. */
function bare(object: KubeObject | undefined) {
  if (!object) return undefined;
  const { name, namespace, labels, annotations } = object.metadata;
  return { metadata: { name, namespace, labels, annotations }, spec: object.spec, data: object.data };
}
