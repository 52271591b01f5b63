import { at, listAt } from "../../store/at.ts";
import type { JsonObject } from "../../store/is-object.ts";
import type { KubeObject } from "../../store.ts";
import { age } from "./age.ts";
import { AGE, type Column } from "./column.ts";
import { or } from "./make-column.ts";

/** https://github.com/kubernetes/kubernetes/blob/v1.34.4/pkg/printers/internalversion/printers.go (printPod) */
export const POD_COLUMNS: Column[] = [
  {
    name: "Ready",
    type: "string",
    cell: (pod) => {
      const ready = statuses(pod).filter((status) => status.ready === true).length;
      return `${ready}/${listAt(pod, "spec.containers").length}`;
    },
  },
  { name: "Status", type: "string", cell: (pod) => podStatus(pod) },
  {
    name: "Restarts",
    type: "string",
    cell: (pod, now) => {
      const count = statuses(pod).reduce((sum, status) => sum + Number(status.restartCount ?? 0), 0);
      const ended = statuses(pod).map((status) => at(status, "lastState.terminated.finishedAt"));
      const last = ended
        .filter((time) => typeof time === "string")
        .sort()
        .at(-1);
      return count === 0 || last === undefined ? String(count) : `${count} (${age(last, now)} ago)`;
    },
  },
  AGE,
  { name: "IP", type: "string", priority: 1, cell: (pod) => or(at(pod, "status.podIP")) },
  { name: "Node", type: "string", priority: 1, cell: (pod) => or(at(pod, "spec.nodeName")) },
  { name: "Nominated Node", type: "string", priority: 1, cell: (pod) => or(at(pod, "status.nominatedNodeName")) },
  { name: "Readiness Gates", type: "string", priority: 1, cell: () => "<none>" },
];

function statuses(pod: KubeObject): JsonObject[] {
  return listAt(pod, "status.containerStatuses");
}

function podStatus(pod: KubeObject): string {
  const initial = initStatus(pod);
  if (initial !== undefined && pod.metadata.deletionTimestamp === undefined) return initial;
  let reason = String(at(pod, "status.reason") ?? at(pod, "status.phase") ?? "Unknown");
  let running = false;
  for (const status of statuses(pod).toReversed()) {
    const waiting = at(status, "state.waiting.reason");
    const ended = at(status, "state.terminated");
    if (typeof waiting === "string" && waiting !== "") reason = waiting;
    else if (ended !== undefined) reason = endReason(ended);
    else if (status.ready === true && at(status, "state.running") !== undefined) running = true;
  }
  if (reason === "Completed" && running) {
    const ready = listAt(pod, "status.conditions").some(({ type, status }) => type === "Ready" && status === "True");
    reason = ready ? "Running" : "NotReady";
  }
  return pod.metadata.deletionTimestamp === undefined ? reason : "Terminating";
}

function initStatus(pod: KubeObject): string | undefined {
  const all = listAt(pod, "status.initContainerStatuses");
  for (const [index, status] of all.entries()) {
    const ended = at(status, "state.terminated");
    if (ended !== undefined && at(ended, "exitCode") === 0) continue;
    if (ended !== undefined) return `Init:${endReason(ended)}`;
    const waiting = at(status, "state.waiting.reason");
    if (typeof waiting === "string" && waiting !== "" && waiting !== "PodInitializing") return `Init:${waiting}`;
    return `Init:${index}/${all.length}`;
  }
  return undefined;
}

function endReason(ended: unknown): string {
  const reason = at(ended, "reason");
  if (typeof reason === "string" && reason !== "") return reason;
  const signal = at(ended, "signal");
  return signal ? `Signal:${signal}` : `ExitCode:${at(ended, "exitCode")}`;
}
