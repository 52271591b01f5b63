import type { KubeObject } from "../../store.ts";
import type { Cluster } from "../runtime/cluster.ts";
import { refOf } from "../runtime/key.ts";
import { timestamp } from "../runtime/timestamp.ts";
import { writeStatus } from "../runtime/write-status.ts";
import type { ContainerRecord } from "./container-record.ts";
import type { Role } from "./container-run.ts";
import { getImage } from "./get-image.ts";
import { createLogLines } from "./log-lines.ts";
import type { NodeImages } from "./node-images.ts";
import { type Container, isSidecar, parsePod } from "./pod.ts";
import { podEvents } from "./pod-events.ts";
import { podStatus } from "./pod-status.ts";
import { runContainer } from "./run-container.ts";

export interface RunningPod {
  uid: string;
  /** The main ones first. */
  containers: readonly ContainerRecord[];
  /** Ends its processes; resolves when they are gone. */
  stop(): Promise<void>;
}

/** Network and sandbox of a pod, simulated. */
const SANDBOX_MILLISECONDS = 800;

/** Starts a pod on the node and keeps its status until it is stopped. */
export function runPod(
  cluster: Cluster,
  object: KubeObject,
  options: { nodeName: string; hostIP: string; podIP: string; images: NodeImages },
): RunningPod {
  const { store, world } = cluster;
  const pod = parsePod(object);
  const stopped = new AbortController();
  const signal = AbortSignal.any([stopped.signal, cluster.signal]);
  const events = podEvents(cluster, object, options.nodeName);
  // https://github.com/kubernetes/kubernetes/blob/v1.34.4/pkg/kubelet/kubelet_pods.go (convertToAPIContainerStatuses)
  const waiting = pod.spec.initContainers.length > 0 ? "PodInitializing" : "ContainerCreating";
  const withRecord = (container: Container): [Container, ContainerRecord] => [container, newRecord(container)];
  const init = pod.spec.initContainers.map(withRecord);
  const main = pod.spec.containers.map(withRecord);
  const records = [...main, ...init].map(([, record]) => record);
  const startTime = timestamp(world.clock.now());
  let sandboxReady = false;

  function newRecord(container: Container): ContainerRecord {
    return {
      name: container.name,
      image: container.image,
      imageID: "",
      state: { waiting: { reason: waiting } },
      lastState: {},
      ready: false,
      started: false,
      restartCount: 0,
      log: createLogLines(() => world.clock.now()),
    };
  }

  const publish = () => {
    const current = store.get(refOf(object));
    if (!current || current.metadata.uid !== object.metadata.uid || signal.aborted) {
      return;
    }
    const now = timestamp(world.clock.now());
    const podIP = sandboxReady ? options.podIP : undefined;
    const { hostIP } = options;
    writeStatus(
      store,
      current,
      podStatus({ object: current, pod, init, main, sandboxReady, hostIP, podIP, startTime, now }),
    );
  };

  const runOne = (container: Container, record: ContainerRecord, role: Role, restartPolicy: string) => {
    const shared = { cluster, object, container, record, events, publish, signal };
    return runContainer({
      ...shared,
      role,
      podIP: options.podIP,
      restartPolicy,
      // Real processes end in real time; they are given a moment, not half a minute.
      graceMilliseconds: Math.min(pod.spec.terminationGracePeriodSeconds * 1_000, 2_000),
      getImage: () => getImage({ ...shared, images: options.images }),
    });
  };

  /** One after the other; a sidecar goes on beside those after it. False: the pod has failed. */
  const initialize = async (ending: AbortSignal, sidecars: Promise<void>[]): Promise<boolean> => {
    const { restartPolicy } = pod.spec;
    for (const [container, record] of init) {
      if (isSidecar(container)) {
        const { promise, resolve: started } = Promise.withResolvers<void>();
        const running = runOne(container, record, { name: "sidecar", ending, started }, "Always");
        sidecars.push(running);
        await Promise.race([promise, running]);
      } else {
        await runOne(container, record, { name: "init" }, restartPolicy === "Never" ? "Never" : "OnFailure");
        if (!record.ready) {
          return false;
        }
      }
    }
    return true;
  };

  const live = async () => {
    publish();
    await world.clock.sleep(SANDBOX_MILLISECONDS, signal);
    sandboxReady = true;
    publish();
    const ending = new AbortController();
    const sidecars: Promise<void>[] = [];
    if (await initialize(ending.signal, sidecars)) {
      await Promise.all(
        main.map(([container, record]) => runOne(container, record, { name: "main" }, pod.spec.restartPolicy)),
      );
    }
    ending.abort();
    await Promise.all(sidecars);
    publish();
  };

  const lived = live().catch((error: unknown) => {
    if (!signal.aborted) {
      throw error;
    }
  });

  return {
    uid: object.metadata.uid ?? "",
    containers: records,
    stop: async () => {
      for (const record of records) {
        if ("running" in record.state && store.get(refOf(object))) {
          events.say("Normal", "Killing", `Stopping container ${record.name}`, record.name);
        }
      }
      // Requests that are under way end meanwhile: https://kubernetes.io/docs/concepts/containers/container-lifecycle-hooks/
      const pauses = pod.spec.containers.map(({ lifecycle }) => lifecycle?.preStop?.sleep?.seconds ?? 0);
      await world.clock.sleep(Math.max(0, ...pauses) * 1_000, signal).catch(() => {});
      stopped.abort();
      await lived;
    },
  };
}
