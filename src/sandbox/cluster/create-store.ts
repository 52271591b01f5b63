import type { World } from "../shared/world.ts";
import { bootstrap } from "./store/bootstrap.ts";
import type { ClusterStore } from "./store/cluster-store.ts";
import { createKinds } from "./store/create-kinds.ts";
import { createStorage } from "./store/create-storage.ts";
import { createVerbs } from "./store/create-verbs.ts";
import { keepHouse } from "./store/keep-house.ts";
import { mergePatch } from "./store/merge-patch.ts";
import { refuse } from "./store/refuse.ts";
import type { KubeObject, ObjectKey } from "./store.ts";

export type { ClusterStore };

/** What the sandbox's controllers are called in managedFields; the real ones have their own names, which nothing here asks for. */
const CONTROLLERS = "kube-controller-manager";

/** An empty cluster: its system namespaces, the ClusterRoles that every cluster has, and nothing else. */
export function createStore({ world }: { world: World }): ClusterStore {
  const kinds = createKinds();
  const storage = createStorage();
  const served = (apiVersion: string, name: string) => {
    const kind = kinds.named(apiVersion, name);
    if (kind === undefined) throw refuse.notServed();
    return kind;
  };
  const verbs = createVerbs({ storage, world });
  const kindOf = (object: { apiVersion: string; kind: string }) => served(object.apiVersion, object.kind);
  const namespaceOf = (key: ObjectKey) => (kindOf(key).namespaced ? (key.namespace ?? "default") : undefined);
  const out = (object: KubeObject, apiVersion: string): KubeObject => ({ ...structuredClone(object), apiVersion });

  const store: ClusterStore = {
    kinds,
    storage,
    verbs,
    get: (key) => {
      const found = storage.read(kindOf(key), namespaceOf(key), key.name);
      return found === undefined ? undefined : out(found, key.apiVersion);
    },
    list: (apiVersion, name, options = {}) =>
      storage
        .readAll(served(apiVersion, name), options.namespace)
        .filter((object) => hasLabels(object, options.labels ?? {}))
        .map((object) => out(object, apiVersion)),
    create: (object) =>
      out(verbs.create(kindOf(object), object, object.metadata.namespace, { manager: CONTROLLERS }), object.apiVersion),
    update: (object) => out(verbs.update(kindOf(object), object, { manager: CONTROLLERS }), object.apiVersion),
    apply: (object, { fieldManager, force }) =>
      out(
        verbs.apply(kindOf(object), object, { manager: fieldManager, force: force ?? false }).object,
        object.apiVersion,
      ),
    updateStatus: (key, status) =>
      out(
        verbs.patch(kindOf(key), namespaceOf(key), key.name, (current) => ({ ...current, status }), {
          manager: CONTROLLERS,
          subresource: "status",
        }),
        key.apiVersion,
      ),
    mergePatch: (key, patch) =>
      out(
        verbs.patch(kindOf(key), namespaceOf(key), key.name, (current) => mergePatch(current, patch), {
          manager: CONTROLLERS,
        }),
        key.apiVersion,
      ),
    delete: (key) => {
      verbs.remove(kindOf(key), namespaceOf(key), key.name, { propagation: "Background" });
    },
    subscribe: (listener) =>
      storage.subscribe(({ type, object }) => listener({ type, object: structuredClone(object) })),
  };
  keepHouse(store);
  bootstrap(store);
  return store;
}

function hasLabels(object: KubeObject, labels: Record<string, string>): boolean {
  return Object.entries(labels).every(([name, value]) => object.metadata.labels?.[name] === value);
}
