import type { LogLines } from "./log-lines.ts";
import type { Container } from "./pod.ts";

const MOST = { lines: 80, bytes: 2048 };

/**
 * What the kubelet keeps of how a container ended. Its file is not looked at: nothing mounts one here.
 * https://github.com/kubernetes/kubernetes/blob/v1.34.4/pkg/kubelet/kuberuntime/kuberuntime_container.go (readLastStringFromContainerLogs)
 */
export function terminationMessage(
  { terminationMessagePolicy }: Pick<Container, "terminationMessagePolicy">,
  exitCode: number,
  log: LogLines,
): string {
  if (terminationMessagePolicy !== "FallbackToLogsOnError" || exitCode === 0) return "";
  const written = log
    .lines()
    .slice(-MOST.lines)
    .map(({ text }) => `${text}\n`)
    .join("");
  return Buffer.from(written).subarray(-MOST.bytes).toString();
}
