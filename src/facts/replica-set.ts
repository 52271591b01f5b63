import type { KubeObject } from "../project/ports/cluster.ts";
import { type Identity, identityOf } from "./identity.ts";

/** Of a ReplicaSet only metadata is read: which Deployment's it is, and of which of its revisions. */
export interface ReplicaSet extends Identity {
  revision: string | undefined;
}

export function replicaSetOf(object: KubeObject): ReplicaSet {
  const identity = identityOf(object);
  return { ...identity, revision: identity.annotations["deployment.kubernetes.io/revision"] };
}
