import type { Cluster } from "../runtime/cluster.ts";
import type { Controller } from "../runtime/controller.ts";
import { keyOf, splitKey } from "../runtime/key.ts";
import type { ContainerRecord } from "./container-record.ts";
import type { NodeImages } from "./node-images.ts";
import { parsePod } from "./pod.ts";
import { type RunningPod, runPod } from "./run-pod.ts";

export interface Kubelet {
  controller: Controller;
  /** Where on this machine the process listens that has `port` in its pod; undefined where none is really run, or has it. */
  portOf(uid: string, port: number): number | undefined;
  /** What a container wrote last; undefined if there is no such container, or no earlier one. */
  logOf(
    namespace: string,
    name: string,
    options?: { container?: string; previous?: boolean },
  ): { at: Date; text: string }[] | undefined;
  /** Ends every process; resolves when they are gone. */
  close(): Promise<void>;
}

/** The node's kubelet: one pod after the other comes to life, really where its image says so. */
export function createKubelet(
  cluster: Cluster,
  options: { nodeName: string; hostIP: string; images: NodeImages },
): Kubelet {
  const { store } = cluster;
  const pods = new Map<string, RunningPod>();
  let addresses = 1;

  const controller: Controller = {
    name: "kubelet",
    keysOf: ({ object }) => (object.kind === "Pod" && object.apiVersion === "v1" ? [keyOf(object)] : []),
    reconcile: async (key) => {
      const object = store.get({ apiVersion: "v1", kind: "Pod", ...splitKey(key) });
      const running = pods.get(key);
      const gone = object === undefined || object.metadata.deletionTimestamp !== undefined;
      if (running && (gone || running.uid !== object.metadata.uid)) {
        pods.delete(key);
        await running.stop();
      }
      if (gone || pods.has(key)) {
        return undefined;
      }
      const { spec, status } = parsePod(object);
      const finished = status.phase === "Succeeded" || status.phase === "Failed";
      if (spec.nodeName === options.nodeName && !finished) {
        addresses = (addresses % 250) + 1;
        pods.set(key, runPod(cluster, object, { ...options, podIP: status.podIP ?? `10.42.0.${addresses + 3}` }));
      }
      return undefined;
    },
  };

  const find = (uid: string) => [...pods.values()].find((pod) => pod.uid === uid);
  return {
    controller,
    portOf: (uid, wanted) =>
      find(uid)?.containers.find(({ port, listensOn }) => port !== undefined && (listensOn?.includes(wanted) ?? true))
        ?.port,
    logOf: (namespace, name, { container, previous } = {}) => {
      const records: readonly ContainerRecord[] = pods.get(`${namespace}/${name}`)?.containers ?? [];
      const record = records.find((one) => container === undefined || one.name === container);
      return (previous ? record?.previousLog : record?.log)?.lines();
    },
    close: async () => {
      await Promise.all([...pods.values()].map((pod) => pod.stop()));
    },
  };
}
