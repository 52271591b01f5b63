import type { ContainerRun } from "./container-run.ts";
import { runProbes } from "./run-probes.ts";
import type { RunningProcess } from "./run-process.ts";

/** What is not really run, and is expected to end, ends well after this. */
const UNREAL_WORK_MILLISECONDS = 2_000;

/** Waits as long as a container takes of which nothing is really run. */
async function untilUnrealEnded({ cluster, restartPolicy, role, signal }: ContainerRun): Promise<{ exitCode: number }> {
  const ends = role.name === "init" || (role.name === "main" && restartPolicy !== "Always");
  if (ends) {
    await cluster.world.clock.sleep(UNREAL_WORK_MILLISECONDS, signal);
    return { exitCode: 0 };
  }
  const ended = role.name === "sidecar" ? AbortSignal.any([signal, role.ending]) : signal;
  await new Promise<void>((resolve) => {
    if (ended.aborted) {
      resolve();
    }
    ended.addEventListener("abort", () => resolve(), { once: true });
  });
  signal.throwIfAborted();
  return { exitCode: 0 };
}

export function noteStarted({ role }: ContainerRun): void {
  if (role.name === "sidecar") {
    role.started();
  }
}

/** Resolves when the process has ended by itself, by its probes or by the signal (then it rejects, the process gone). */
export async function untilEnded(
  run: ContainerRun,
  process: RunningProcess | undefined,
): Promise<{ exitCode: number }> {
  const { container, record, events, signal, role } = run;
  if (!process) {
    return untilUnrealEnded(run);
  }
  const done = new AbortController();
  const probed = role.name !== "init";
  runProbes(
    probed ? container : { ...container, startupProbe: undefined, readinessProbe: undefined, livenessProbe: undefined },
    { port: process.port, podIP: run.podIP, listensOn: record.listensOn },
    run.cluster.world,
    {
      started: () => {
        record.started = true;
        run.publish();
        noteStarted(run);
      },
      ready: (ready) => {
        if (probed && record.ready !== ready) {
          record.ready = ready;
          run.publish();
        }
      },
      unhealthy: (message) => {
        if (!done.signal.aborted) {
          events.say("Warning", "Unhealthy", message, container.name);
        }
      },
      failed: (kind) => {
        events.say(
          "Normal",
          "Killing",
          `Container ${container.name} failed ${kind} probe, will be restarted`,
          container.name,
        );
        void process.stop(run.graceMilliseconds);
      },
    },
    AbortSignal.any([done.signal, signal]),
  );
  const stop = () => void process.stop(run.graceMilliseconds);
  const ended = role.name === "sidecar" ? AbortSignal.any([signal, role.ending]) : signal;
  ended.addEventListener("abort", stop, { once: true });
  if (ended.aborted) {
    stop();
  }
  try {
    return await process.ended;
  } finally {
    done.abort();
    ended.removeEventListener("abort", stop);
    signal.throwIfAborted();
  }
}
