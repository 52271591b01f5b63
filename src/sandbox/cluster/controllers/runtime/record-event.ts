import type { KubeObject } from "../../store.ts";
import type { Cluster } from "./cluster.ts";
import { timestamp } from "./timestamp.ts";

const KEPT = 500;

export interface EventDetails {
  type: "Normal" | "Warning";
  reason: string;
  message: string;
  /** The component that says it, e.g. `kubelet`. */
  component: string;
  host?: string;
  fieldPath?: string;
  annotations?: Record<string, string>;
}

/**
 * Writes an Event about `object`; the same again only raises its count.
 * https://github.com/kubernetes/client-go/blob/v0.34.4/tools/record/events_cache.go
 */
export function recordEvent(
  { store, world }: Pick<Cluster, "store" | "world">,
  object: KubeObject,
  details: EventDetails,
): void {
  const now = timestamp(world.clock.now());
  const namespace = object.metadata.namespace ?? "default";
  const involvedObject = {
    kind: object.kind,
    ...(object.metadata.namespace === undefined ? {} : { namespace: object.metadata.namespace }),
    name: object.metadata.name,
    uid: object.metadata.uid ?? "",
    apiVersion: object.apiVersion,
    resourceVersion: object.metadata.resourceVersion ?? "",
    ...(details.fieldPath === undefined ? {} : { fieldPath: details.fieldPath }),
  };
  if (namespaceIsGone(store, object.metadata.namespace)) {
    return;
  }
  const events = store.list("v1", "Event", { namespace });
  const same = events.find(
    (event) =>
      event.reason === details.reason &&
      event.message === details.message &&
      event.type === details.type &&
      isAbout(event, involvedObject.uid, details.fieldPath),
  );
  if (same) {
    const count = typeof same.count === "number" ? same.count + 1 : 2;
    store.mergePatch(
      { apiVersion: "v1", kind: "Event", namespace, name: same.metadata.name },
      { count, lastTimestamp: now },
    );
    return;
  }
  forgetOldest(store, namespace, events);
  store.create({
    apiVersion: "v1",
    kind: "Event",
    metadata: {
      name: `${object.metadata.name}.${world.random.text(16, "0123456789abcdef")}`,
      namespace,
      ...(details.annotations === undefined ? {} : { annotations: details.annotations }),
    },
    involvedObject,
    reason: details.reason,
    message: details.message,
    type: details.type,
    source: { component: details.component, ...(details.host === undefined ? {} : { host: details.host }) },
    firstTimestamp: now,
    lastTimestamp: now,
    count: 1,
    eventTime: null,
    reportingComponent: details.component,
    reportingInstance: details.host ?? "",
  });
}

/** A real API server forgets events after an hour; here a namespace keeps its last ones. */
function forgetOldest(store: Cluster["store"], namespace: string, events: readonly KubeObject[]): void {
  if (events.length <= KEPT) {
    return;
  }
  const byAge = [...events].sort((a, b) => String(a.lastTimestamp).localeCompare(String(b.lastTimestamp)));
  for (const { metadata } of byAge.slice(0, events.length - KEPT)) {
    store.delete({ apiVersion: "v1", kind: "Event", namespace, name: metadata.name });
  }
}

function isAbout(event: KubeObject, uid: string, fieldPath: string | undefined): boolean {
  const involved: unknown = event.involvedObject;
  return (
    typeof involved === "object" &&
    involved !== null &&
    "uid" in involved &&
    involved.uid === uid &&
    ("fieldPath" in involved ? involved.fieldPath : undefined) === fieldPath
  );
}

/** A namespace on its way out takes no new objects: https://kubernetes.io/docs/concepts/overview/working-with-objects/namespaces/ */
function namespaceIsGone(store: Cluster["store"], name: string | undefined): boolean {
  if (name === undefined) {
    return false;
  }
  const namespace = store.get({ apiVersion: "v1", kind: "Namespace", name });
  return namespace === undefined || namespace.metadata.deletionTimestamp !== undefined;
}
