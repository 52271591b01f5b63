import type { KubeObject } from "../../store.ts";
import type { Cluster } from "../runtime/cluster.ts";
import type { ContainerRecord } from "./container-record.ts";
import type { NodeImage } from "./node-images.ts";
import type { Container } from "./pod.ts";
import type { PodEvents } from "./pod-events.ts";

/**
 * What a container is to its pod. An init container ends before the next begins and has no probes; a sidecar runs beside
 * the rest, whatever the pod's policy, and is ended by `ending` when they are done.
 * https://kubernetes.io/docs/concepts/workloads/pods/init-containers/
 */
export type Role = { name: "main" } | { name: "init" } | { name: "sidecar"; ending: AbortSignal; started(): void };

export interface ContainerRun {
  role: Role;
  cluster: Cluster;
  object: KubeObject;
  container: Container;
  record: ContainerRecord;
  podIP: string;
  restartPolicy: string;
  events: PodEvents;
  graceMilliseconds: number;
  getImage(): Promise<NodeImage>;
  publish(): void;
  signal: AbortSignal;
}
