/** A Kubernetes object as it travels; the sandbox's controllers narrow `spec` and `status` themselves. */
export interface KubeObject {
  apiVersion: string;
  kind: string;
  metadata: {
    name: string;
    namespace?: string;
    uid?: string;
    resourceVersion?: string;
    generation?: number;
    creationTimestamp?: string;
    deletionTimestamp?: string;
    finalizers?: string[];
    labels?: Record<string, string>;
    annotations?: Record<string, string>;
    ownerReferences?: { apiVersion: string; kind: string; name: string; uid: string; controller?: boolean }[];
    [other: string]: unknown;
  };
  [other: string]: unknown;
}

export interface ObjectKey {
  apiVersion: string;
  kind: string;
  namespace?: string;
  name: string;
}

export interface StoreEvent {
  type: "ADDED" | "MODIFIED" | "DELETED";
  object: KubeObject;
}

/**
 * The API server's heart, without HTTP: what the sandbox's own controllers talk to.
 * Every method validates, versions and notifies as a request over HTTP would;
 * errors are thrown as `ApiStatusError` (src/sandbox/cluster/status-error.ts) carrying the `Status` the HTTP side answers.
 */
export interface Store {
  get(key: ObjectKey): KubeObject | undefined;
  list(
    apiVersion: string,
    kind: string,
    options?: { namespace?: string; labels?: Record<string, string> },
  ): KubeObject[];
  create(object: KubeObject): KubeObject;
  /** Replaces; with a `resourceVersion` that is behind: Conflict. */
  update(object: KubeObject): KubeObject;
  /** Server-side apply by `fieldManager`; conflicts are thrown unless `force`. */
  apply(object: KubeObject, options: { fieldManager: string; force?: boolean }): KubeObject;
  /** Replaces `status` alone (the status subresource). */
  updateStatus(key: ObjectKey, status: unknown): KubeObject;
  /** JSON merge patch on the whole object, metadata included. */
  mergePatch(key: ObjectKey, patch: unknown): KubeObject;
  delete(key: ObjectKey): void;
  /** All kinds, every change, in order, synchronously after the change is stored. Returns the way to stop. */
  subscribe(listener: (event: StoreEvent) => void): () => void;
}
