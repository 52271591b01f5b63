import type { KubeObject } from "../store.ts";
import type { Kind } from "./kind.ts";
import { refuse } from "./refuse.ts";

/** Merges what may be written through this (sub)resource into the present object, or refuses with Conflict. */
export function mayBeUpdated(kind: Kind, current: KubeObject, wanted: KubeObject, subresource: string): KubeObject {
  const { name, uid, resourceVersion } = wanted.metadata;
  if (resourceVersion !== undefined && resourceVersion !== "" && resourceVersion !== current.metadata.resourceVersion) {
    throw refuse.modified(kind, name);
  }
  if (uid !== undefined && uid !== "" && uid !== current.metadata.uid) {
    throw refuse.conflict(
      kind,
      name,
      `StorageError: invalid object, Code: 4, Key: ${keyOf(kind, current)}, ResourceVersion: 0, AdditionalErrorMsg: Precondition failed: UID in precondition: ${uid}, UID in object meta: ${current.metadata.uid}`,
    );
  }
  const fixed = pick(current, [
    "uid",
    "creationTimestamp",
    "deletionTimestamp",
    "deletionGracePeriodSeconds",
    "generation",
  ]);
  if (subresource === "status") {
    return {
      ...current,
      ...(wanted.status === undefined ? {} : { status: wanted.status }),
      metadata: {
        ...current.metadata,
        ...(wanted.metadata.managedFields === undefined ? {} : { managedFields: wanted.metadata.managedFields }),
      },
    };
  }
  const next: KubeObject = {
    ...wanted,
    metadata: { ...wanted.metadata, ...fixed, resourceVersion: current.metadata.resourceVersion },
  };
  if (current.metadata.deletionTimestamp === undefined) {
    delete next.metadata.deletionTimestamp;
    delete next.metadata.deletionGracePeriodSeconds;
  }
  // What holds a namespace is given up through `finalize` alone.
  if (kind.kind === "Namespace" && !kind.custom && subresource !== "finalize") next.spec = current.spec;
  if (kind.status) {
    if (current.status === undefined) delete next.status;
    else next.status = current.status;
  }
  return next;
}

/** Where a real server has it in etcd; it keeps a custom resource under its group, a built-in one under its plural alone. */
function keyOf({ custom, group, plural }: Kind, { metadata }: KubeObject): string {
  const parts = ["/registry", custom ? group : undefined, plural, metadata.namespace, metadata.name];
  return parts.filter((part) => part !== undefined).join("/");
}

function pick(object: KubeObject, names: string[]) {
  return Object.fromEntries(
    names.filter((name) => object.metadata[name] !== undefined).map((name) => [name, object.metadata[name]]),
  );
}
