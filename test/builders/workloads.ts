import type { KubeObject } from "../../src/project/ports/cluster.ts";
import { deployment } from "./objects.ts";
import { NOW } from "./project.ts";

const LABELS = { "slipway.dev/project": "rrr" };
const REVISION = "deployment.kubernetes.io/revision";

export function ownedBy({ apiVersion, kind, metadata }: KubeObject) {
  return [{ apiVersion, kind, name: metadata.name, uid: metadata.uid ?? "" }];
}

/** That Deployment (else one that is not whole) with its ReplicaSet and these pods, of its newest revision. */
export function rolling(pods: readonly KubeObject[], of: KubeObject = unready()): KubeObject[] {
  const whole: KubeObject = {
    ...of,
    metadata: { ...of.metadata, uid: "uid-deployment", annotations: { [REVISION]: "2" } },
  };
  const set = replicaSet(whole, "2");
  return [whole, set, ...pods.map((each, index) => podOfSet(each, set, index))];
}

export function unready(): KubeObject {
  return deployment({ status: { readyReplicas: 0, availableReplicas: 0 } });
}

export function replicaSet(of: KubeObject, revision: string): KubeObject {
  return {
    apiVersion: "apps/v1",
    kind: "ReplicaSet",
    metadata: {
      name: `${of.metadata.name}-${revision}`,
      namespace: "rrr",
      uid: `uid-${of.metadata.name}-${revision}`,
      labels: LABELS,
      annotations: { [REVISION]: revision },
      ownerReferences: ownedBy(of),
    },
  };
}

export function podOfSet(pod: KubeObject, set: KubeObject, index = 0): KubeObject {
  const name = `${set.metadata.name}-${index}`;
  return {
    ...pod,
    metadata: { ...pod.metadata, name, uid: `uid-${name}`, labels: LABELS, ownerReferences: ownedBy(set) },
  };
}

/** A pod of which the kubelet says this, by container; `init` come before the others, `sidecar` stay beside them. */
export function podWith(
  containers: Record<string, { role?: "app" | "init" | "sidecar"; image?: string; status?: object }>,
  given: { ready?: boolean; phase?: string; createdAt?: Date; labels?: Record<string, string> } = {},
): KubeObject {
  const all = Object.entries(containers);
  const specs = (wanted: boolean) =>
    all
      .filter(([, { role = "app" }]) => (role !== "app") === wanted)
      .map(([name, { role, image = "ghcr.io/acme/rrr:3f2a91c0aa11" }]) => ({
        name,
        image,
        ...(role === "sidecar" ? { restartPolicy: "Always" } : {}),
      }));
  const statuses = (wanted: boolean) =>
    all
      .filter(([, { role = "app", status }]) => (role !== "app") === wanted && status !== undefined)
      .map(([name, { status }]) => ({ name, ready: false, restartCount: 0, state: {}, lastState: {}, ...status }));
  return {
    apiVersion: "v1",
    kind: "Pod",
    metadata: {
      name: "rrr-1",
      namespace: "rrr",
      uid: "uid-pod",
      labels: { ...LABELS, ...given.labels },
      creationTimestamp: (given.createdAt ?? NOW).toISOString(),
    },
    spec: { containers: specs(false), initContainers: specs(true) },
    status: {
      phase: given.phase ?? "Running",
      conditions: [{ type: "Ready", status: given.ready ? "True" : "False" }],
      containerStatuses: statuses(false),
      initContainerStatuses: statuses(true),
    },
  };
}
