import type { ContainerRecord } from "./container-record.ts";
import { type Container, isSidecar } from "./pod.ts";

type Recorded = readonly (readonly [Container, ContainerRecord])[];

/** https://github.com/kubernetes/kubernetes/blob/v1.34.4/pkg/kubelet/kubelet_pods.go (getPhase) */
export function podPhase(restartPolicy: string, init: Recorded, main: Recorded): string {
  const begins = init.filter(([container]) => !isSidecar(container));
  const failed = begins.some(([, record]) => howEnded(record) === "failed");
  if (failed && restartPolicy === "Never") {
    return "Failed";
  }
  const begun = main.some(([, { state }]) => !("waiting" in state));
  if (!begun && begins.some(([, record]) => howEnded(record) === "not")) {
    return "Pending";
  }
  if (main.some(([, record]) => "waiting" in record.state && howEnded(record) === "not")) {
    return "Pending";
  }
  const sidecarsRun = init.some(([container, { state }]) => isSidecar(container) && "running" in state);
  const runs = main.some(([, { state }]) => "running" in state);
  if (runs || sidecarsRun || restartPolicy === "Always") {
    return "Running";
  }
  if (main.every(([, record]) => howEnded(record) === "well")) {
    return "Succeeded";
  }
  return restartPolicy === "Never" ? "Failed" : "Running";
}

/** Its last run, where it waits for the next. */
function howEnded({ state, lastState }: ContainerRecord): "not" | "well" | "failed" {
  const ended = "terminated" in state ? state : "waiting" in state && "terminated" in lastState ? lastState : undefined;
  if (ended === undefined) {
    return "not";
  }
  return ended.terminated.exitCode === 0 ? "well" : "failed";
}
