import { formatGoDuration } from "../runtime/go-duration.ts";
import { timestamp } from "../runtime/timestamp.ts";
import { backoff } from "./backoff.ts";
import { containerEnvironment } from "./container-environment.ts";
import type { ContainerRun } from "./container-run.ts";
import { listensOn } from "./listens-on.ts";
import { createLogLines } from "./log-lines.ts";
import type { NodeImage } from "./node-images.ts";
import { type RunningProcess, runProcess } from "./run-process.ts";
import { terminationMessage } from "./termination-message.ts";
import { noteStarted, untilEnded } from "./until-ended.ts";

/** A container that ran this long has its back-off forgotten. */
const STABLE_MILLISECONDS = 600_000;
/** The kubelet looks again at a container that it could not create. */
const SYNC_MILLISECONDS = 10_000;

/**
 * Runs one container until `signal` aborts (then it rejects) or it has ended for good: image, process, probes, restarts with back-off.
 * https://github.com/kubernetes/kubernetes/blob/v1.34.4/pkg/kubelet/kuberuntime/kuberuntime_manager.go (SyncPod, doBackOff)
 */
export async function runContainer(run: ContainerRun): Promise<void> {
  const { cluster, object, container, record, events, signal, role } = run;
  const { clock, random } = cluster.world;
  const over = role.name === "sidecar" ? role.ending : undefined;
  for (let crashes = 0; ; ) {
    const image = await run.getImage();
    const environment = containerEnvironment(cluster.store, object, container);
    if (!environment.ok) {
      const { message } = environment;
      record.state = { waiting: { reason: "CreateContainerConfigError", message } };
      run.publish();
      events.say("Warning", "Failed", `Error: ${message}`, container.name);
      await clock.sleep(SYNC_MILLISECONDS, signal);
      continue;
    }
    record.containerID = `containerd://${random.text(64, "0123456789abcdef")}`;
    record.imageID = `${container.image.replace(/[:@][^/]*$/, "")}@${image.digest}`;
    const startedAt = clock.now();
    const process = await start(run, image, environment.values);
    events.say("Normal", "Created", `Created container: ${container.name}`, container.name);
    events.say("Normal", "Started", `Started container ${container.name}`, container.name);
    record.state = { running: { startedAt: timestamp(startedAt) } };
    record.started = container.startupProbe === undefined || process === undefined;
    // What is not really run is served by nothing and counts as well. An init container is ready once it is over.
    record.ready =
      role.name !== "init" && (process === undefined || (container.readinessProbe === undefined && record.started));
    record.port = process?.port;
    record.listensOn = listensOn(container, image, environment.values);
    run.publish();
    if (record.started) {
      noteStarted(run);
    }
    const { exitCode } = await untilEnded(run, process);
    record.port = undefined;
    record.ready = role.name === "init" && exitCode === 0;
    record.started = false;
    const message = terminationMessage(container, exitCode, record.log);
    const terminated = {
      containerID: record.containerID,
      exitCode,
      ...(message === "" ? {} : { message }),
      finishedAt: timestamp(clock.now()),
      reason: exitCode === 0 ? "Completed" : "Error",
      startedAt: timestamp(startedAt),
    };
    record.state = { terminated };
    run.publish();
    if (over?.aborted || run.restartPolicy === "Never" || (run.restartPolicy === "OnFailure" && exitCode === 0)) {
      return;
    }
    const ran = (clock.now().getTime() - startedAt.getTime()) * clock.speed;
    crashes = ran > STABLE_MILLISECONDS ? 0 : crashes;
    await clock.sleep(1_000, signal);
    if (crashes > 0) {
      const delay = backoff(crashes - 1);
      const pod = `${object.metadata.name}_${object.metadata.namespace}(${object.metadata.uid})`;
      record.lastState = { terminated };
      record.state = {
        waiting: {
          reason: "CrashLoopBackOff",
          message: `back-off ${formatGoDuration(delay)} restarting failed container=${container.name} pod=${pod}`,
        },
      };
      run.publish();
      events.say(
        "Warning",
        "BackOff",
        `Back-off restarting failed container ${container.name} in pod ${pod}`,
        container.name,
      );
      await clock.sleep(delay, over === undefined ? signal : AbortSignal.any([signal, over])).catch(() => {
        signal.throwIfAborted();
      });
      if (over?.aborted) {
        return;
      }
    }
    crashes += 1;
    record.lastState = { terminated };
    record.restartCount += 1;
    record.previousLog = record.log;
    record.log = createLogLines(() => clock.now());
  }
}

async function start(
  { container, record }: ContainerRun,
  image: NodeImage,
  environment: Record<string, string>,
): Promise<RunningProcess | undefined> {
  if (image.root === undefined) {
    return undefined;
  }
  const command = container.command.length > 0 ? container.command : image.entrypoint;
  // https://kubernetes.io/docs/tasks/inject-data-application/define-command-argument-container/#notes
  const args = container.args.length > 0 ? container.args : container.command.length > 0 ? [] : image.command;
  const own = image.environment.map((pair): [string, string] => {
    const at = pair.indexOf("=");
    return [pair.slice(0, at), pair.slice(at + 1)];
  });
  const { PATH: _, ...values } = { ...Object.fromEntries(own), ...environment };
  return runProcess({
    root: image.root,
    arguments: [...command, ...args],
    workingDirectory: container.workingDir ?? image.workingDirectory,
    environment: values,
    log: record.log,
  });
}
