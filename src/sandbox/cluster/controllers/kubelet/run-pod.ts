import type { KubeObject } from "../../store.ts";
import type { Cluster } from "../runtime/cluster.ts";
import { refOf } from "../runtime/key.ts";
import { timestamp } from "../runtime/timestamp.ts";
import { writeStatus } from "../runtime/write-status.ts";
import type { ContainerRecord } from "./container-record.ts";
import { getImage } from "./get-image.ts";
import { createLogLines } from "./log-lines.ts";
import type { NodeImages } from "./node-images.ts";
import { type Container, parsePod } from "./pod.ts";
import { podEvents } from "./pod-events.ts";
import { podStatus } from "./pod-status.ts";
import { runContainer } from "./run-container.ts";

export interface RunningPod {
  uid: string;
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
  const init = pod.spec.initContainers.map((container) => newRecord(container, "PodInitializing"));
  const waiting = init.length > 0 ? "PodInitializing" : "ContainerCreating";
  const containers = pod.spec.containers.map((container) => newRecord(container, waiting));
  const startTime = timestamp(world.clock.now());
  let sandboxReady = false;

  function newRecord(container: Container, reason: string): ContainerRecord {
    return {
      name: container.name,
      image: container.image,
      imageID: "",
      state: { waiting: { reason } },
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
      podStatus({ object: current, pod, init, containers, sandboxReady, hostIP, podIP, startTime, now }),
    );
  };

  const runOne = (container: Container, record: ContainerRecord, restartPolicy: string) => {
    const shared = { cluster, object, container, record, events, publish, signal };
    return runContainer({
      ...shared,
      podIP: options.podIP,
      restartPolicy,
      // Real processes end in real time; they are given a moment, not half a minute.
      graceMilliseconds: Math.min(pod.spec.terminationGracePeriodSeconds * 1_000, 2_000),
      getImage: () => getImage({ ...shared, images: options.images }),
    });
  };

  const live = async () => {
    publish();
    await world.clock.sleep(SANDBOX_MILLISECONDS, signal);
    sandboxReady = true;
    publish();
    for (const [index, container] of pod.spec.initContainers.entries()) {
      const record = init[index];
      if (record) {
        await runInit(container, record);
      }
    }
    await Promise.all(
      pod.spec.containers.map((container, index) => {
        const record = containers[index];
        return record ? runOne(container, record, pod.spec.restartPolicy) : undefined;
      }),
    );
  };

  const runInit = async (container: Container, record: ContainerRecord) => {
    const image = await getImage({
      cluster,
      object,
      container,
      record,
      events,
      publish,
      signal,
      images: options.images,
    });
    if (image.root !== undefined) {
      await runOne(container, record, "OnFailure");
      return;
    }
    const now = timestamp(world.clock.now());
    const containerID = `containerd://${world.random.text(64, "0123456789abcdef")}`;
    record.state = { terminated: { containerID, exitCode: 0, reason: "Completed", startedAt: now, finishedAt: now } };
    record.ready = true;
    publish();
  };

  const lived = live().catch((error: unknown) => {
    if (!signal.aborted) {
      throw error;
    }
  });

  return {
    uid: object.metadata.uid ?? "",
    containers,
    stop: async () => {
      for (const record of containers) {
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
