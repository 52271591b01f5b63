/** A Kubernetes object as the API server gives it; readers narrow `spec` and `status` with zod. */
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
    labels?: Record<string, string>;
    annotations?: Record<string, string>;
    finalizers?: string[];
    ownerReferences?: { apiVersion: string; kind: string; name: string; uid: string }[];
  };
  [field: string]: unknown;
}

export interface ObjectRef {
  apiVersion: string;
  kind: string;
  namespace?: string;
  name: string;
}

/** Who wrote which fields of an object. https://kubernetes.io/docs/reference/using-api/server-side-apply/#field-management */
export interface Manager {
  /** As the client called itself: `kubectl-edit`, `flux`, `slipway`. */
  name: string;
  /** `Apply` or `Update`. */
  operation: string;
  /** `scale`, `status`; absent: of the object itself. */
  subresource?: string;
  /** When it changed any of them last. */
  at?: Date;
  /** `spec.suspend`; of an item of a list `spec.template.spec.containers[{"name":"app"}].image`. */
  fields: string[];
}

/** One Kubernetes cluster. Implemented in src/cluster; failures are `Problem`s (src/project/problem.ts). */
export interface Cluster {
  /** From the watch cache where the kind is watched, else by a GET; `undefined`: not there. */
  get(ref: ObjectRef): Promise<KubeObject | undefined>;
  /** Likewise. `namespace` absent: all. */
  list(
    apiVersion: string,
    kind: string,
    options?: { namespace?: string; labels?: Record<string, string> },
  ): Promise<KubeObject[]>;
  /** Server-side apply with the field manager `slipway`, forced: idempotent. Returns what stands now. */
  apply(object: KubeObject): Promise<KubeObject>;
  /** Gone already is fine. Waits for nothing. */
  delete(ref: ObjectRef, options?: { uid?: string }): Promise<void>;
  /** Asks a Flux object to look again now (`reconcile.fluxcd.io/requestedAt`). */
  poke(ref: ObjectRef): Promise<void>;
  /** Who holds which fields of it now; empty where it is not there. Needs no more than the right to list the kind. */
  managers(ref: ObjectRef): Promise<Manager[]>;
  /** May the bot do this? SelfSubjectAccessReview. */
  can(
    verb: string,
    resource: { group: string; resource: string; subresource?: string; namespace?: string; name?: string },
  ): Promise<boolean>;
  /** Does the API server serve this kind? */
  serves(apiVersion: string, kind: string): Promise<boolean>;
}
