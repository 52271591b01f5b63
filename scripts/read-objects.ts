import type { Testbed } from "../test/cluster/testbed.ts";
import type { RecordedEvent } from "../test/sandbox/cluster/controllers/recorded.ts";

const KINDS = {
  GitRepository: "gitrepositories.source.toolkit.fluxcd.io",
  Kustomization: "kustomizations.kustomize.toolkit.fluxcd.io",
  Deployment: "deployments.apps",
  ReplicaSet: "replicasets.apps",
  CronJob: "cronjobs.batch",
  Job: "jobs.batch",
  Pod: "pods",
  Service: "services",
  Ingress: "ingresses.networking.k8s.io",
  Certificate: "certificates.cert-manager.io",
  CertificateRequest: "certificaterequests.cert-manager.io",
  Order: "orders.acme.cert-manager.io",
  Challenge: "challenges.acme.cert-manager.io",
};

interface RealObject {
  apiVersion: string;
  kind: string;
  metadata: Record<string, unknown>;
  spec?: Record<string, unknown>;
  status?: unknown;
}

interface RealEvent {
  type: string;
  reason: string;
  message: string;
  reportingComponent: string;
  involvedObject: { kind: string; name: string };
}

/** Objects and events of namespaces, without what no reader of a recording needs. */
export async function readObjects(
  at: Testbed,
  namespaces: readonly string[],
  kinds: readonly string[] = Object.keys(KINDS),
): Promise<{ objects: object[]; events: RecordedEvent[] }> {
  const list = async <T>(namespace: string, resource: string): Promise<T[]> =>
    JSON.parse(await at.kubectl("-n", namespace, "get", resource, "-o", "json")).items;
  const objects: object[] = [];
  const events: RecordedEvent[] = [];
  for (const namespace of namespaces) {
    for (const [kind, resource] of Object.entries(KINDS)) {
      if (kinds.includes(kind)) objects.push(...(await list<RealObject>(namespace, resource)).map(trimmed));
    }
    for (const event of await list<RealEvent>(namespace, "events")) {
      const { type, reason, message, reportingComponent: component, involvedObject } = event;
      if (!kinds.includes(involvedObject.kind)) continue;
      events.push({ type, reason, about: involvedObject.kind, name: involvedObject.name, component, message });
    }
  }
  return { objects, events };
}

/** Of which revision of its Deployment a ReplicaSet is. */
const REVISION = "deployment.kubernetes.io/revision";

function trimmed({ apiVersion, kind, metadata, spec = {}, status }: RealObject): object {
  const { name, namespace, generation, labels, finalizers, creationTimestamp, annotations = {} } = metadata;
  const revision = Object(annotations)[REVISION];
  const told = specOf(kind, spec);
  return {
    apiVersion,
    kind,
    metadata: {
      ...{ name, namespace, generation, labels, finalizers },
      ...(kind === "Job" ? { creationTimestamp } : {}),
      ...(revision === undefined ? {} : { annotations: { [REVISION]: revision } }),
    },
    ...(Object.values(told).some((each) => each !== undefined) ? { spec: told } : {}),
    status,
  };
}

function specOf(kind: string, spec: Record<string, unknown>): Record<string, unknown> {
  const { dnsNames, dnsName, replicas, paused, completions, backoffLimit, selector } = spec;
  const { schedule, suspend, successfulJobsHistoryLimit, failedJobsHistoryLimit } = spec;
  switch (kind) {
    case "Deployment":
      return { replicas, paused };
    case "Job":
      return { completions, backoffLimit, suspend, selector };
    case "CronJob":
      return { schedule, suspend, successfulJobsHistoryLimit, failedJobsHistoryLimit };
    default:
      return { dnsNames, dnsName };
  }
}
