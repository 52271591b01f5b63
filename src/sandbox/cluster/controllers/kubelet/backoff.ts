/** https://github.com/kubernetes/kubernetes/blob/v1.34.4/pkg/kubelet/kubelet.go (MaxCrashLoopBackOff, imageBackOffPeriod) */
const FIRST_MILLISECONDS = 10_000;
const LAST_MILLISECONDS = 300_000;

/** The wait before try `attempt` (0 is the first that waits): 10 s, doubling to five minutes. */
export function backoff(attempt: number): number {
  return Math.min(FIRST_MILLISECONDS * 2 ** attempt, LAST_MILLISECONDS);
}
