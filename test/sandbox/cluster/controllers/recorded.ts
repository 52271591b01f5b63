import { readFileSync } from "node:fs";
import { conditionsOf } from "../../../../src/sandbox/cluster/controllers/runtime/conditions.ts";
import type { KubeObject, Store } from "../../../../src/sandbox/cluster/store.ts";

export interface RecordedEvent {
  type: string;
  reason: string;
  about: string;
  name: string;
  component: string;
  message: string;
}

/** What a real cluster had, see `recorded` in the file for its versions. */
export function recorded(name: string): {
  recorded: Record<string, string>;
  objects: KubeObject[];
  events: RecordedEvent[];
} {
  return JSON.parse(readFileSync(new URL(`../../../fixtures/cluster/${name}.json`, import.meta.url), "utf8"));
}

/** A message without what differs from run to run. */
export function pattern(message: string): string {
  return (
    message
      // All are tried at once there; which one is refused first is chance.
      .replace(/^(Ingress|Service|Deployment)(\/\S+ (not found|namespace not specified):)/, "<one of the objects>$2")
      .replace(/[0-9a-f]{40}/g, "<sha>")
      // containerd before 1.7 does not tell what it asked, nor which manifest does not fit.
      .replace(/unexpected status from (GET|POST) request to \S+: /, "unexpected status: ")
      .replace(/(no match for platform in manifest) sha256:\w+/, "$1")
      // How a certificate's name was judged is the ACME server's to word: Let's Encrypt's here, Pebble's there.
      .replace(/(urn:ietf:params:acme:error:connection: ).*$/s, "$1<why>")
      .replace(/\/tmp\/kustomization-\d+/g, "<tmp>")
      .replace(/\b\d+\.\d+\.\d+\.\d+(:\d+)?/g, "<address>")
      .replace(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g, "<uid>")
      .replace(/\b(after|in|passed in|waiting\)|back-off) (\d+(\.\d+)?(µs|ms|h|m|s))+/g, "$1 <duration>")
      .replace(/\((\d+(\.\d+)?(ms|m|s))+ including/g, "(<duration> including")
      .replace(/Image size: \d+ bytes/, "Image size: <size> bytes")
      .replace(/to (testbed|sandbox)$/, "to <node>")
      .replace(/web-[a-z0-9]{7,10}-[a-z0-9]{5}(?![a-z0-9])/g, "<pod>")
      .replace(/migrate-[a-z0-9]{5}(?![a-z0-9])/g, "<pod>")
      .replace(/web-[b-df-hj-np-tv-z0-9]{8,10}\b/g, "<replica set>")
      .replace(/-tls-1-\d+(-\d+)?/g, "-tls-1-<number>")
      .replace(/acme-challenge\/[\w-]+/g, "acme-challenge/<token>")
      .replace(/expected ".*" but got: .*/s, "expected <key> but got: <answer>")
      .replace(/-tls-[a-z0-9]{5}"/g, '-tls-<key>"')
  );
}

/** What must be the same in the simulation: conditions, states of containers, the words. */
export function shapeOf(object: KubeObject) {
  const status: unknown = object.status;
  const fields = new Map<string, unknown>(Object.entries(typeof status === "object" && status !== null ? status : {}));
  const containers: unknown = fields.get("containerStatuses");
  const text = (name: string) => {
    const value = fields.get(name);
    return typeof value === "string" ? pattern(value) : value;
  };
  return {
    object: `${object.kind}/${pattern(object.metadata.name)}`,
    conditions: conditionsOf(object)
      .map(
        ({ type, status: is, reason, message }) =>
          `${type}=${is} ${reason ?? ""} ${pattern(message ?? "").replace(/ for revision .* with a timeout of .*/, " <…>")}`,
      )
      .sort(),
    containers: Array.isArray(containers) ? containers.map(containerShape) : undefined,
    // Binding a pod is no new generation there, and one here.
    observed:
      fields.get("observedGeneration") === object.metadata.generation ? "current" : fields.get("observedGeneration"),
    counts: ["replicas", "updatedReplicas", "readyReplicas", "availableReplicas", "unavailableReplicas"].map((name) =>
      fields.get(name),
    ),
    phase: fields.get("phase"),
    state: fields.get("state"),
    reason: text("reason"),
    revisions: [text("lastAppliedRevision"), text("lastAttemptedRevision")],
    inventory: fields.get("inventory"),
    finalizers: object.metadata.finalizers,
  };
}

function containerShape(container: { state: object; ready: boolean; started: boolean }) {
  const [state = "", detail = {}] = Object.entries(container.state)[0] ?? [];
  const fields = new Map<string, unknown>(Object.entries(detail));
  return [
    state,
    fields.get("reason"),
    fields.get("exitCode"),
    pattern(String(fields.get("message") ?? "")),
    container.ready,
    container.started,
  ];
}

export const eventLine = ({ type, reason, about, component, message }: Omit<RecordedEvent, "name">) =>
  `${type} ${reason} ${about} ${component}: ${pattern(message)}`;

/** The events of a namespace, in the fixture's form. */
export function eventLines(store: Store, namespace: string): string[] {
  return store.list("v1", "Event", { namespace }).map((event) => {
    const involved: unknown = event.involvedObject;
    const about = typeof involved === "object" && involved !== null && "kind" in involved ? String(involved.kind) : "";
    return eventLine({
      type: String(event.type),
      reason: String(event.reason),
      about,
      component: String(event.reportingComponent),
      message: String(event.message),
    });
  });
}
