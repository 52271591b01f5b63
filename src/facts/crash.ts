import { lastWords } from "./last-words.ts";
import type { Container, Termination } from "./pod.ts";

/** Restarts after which a crash is no longer taken for a slow start. */
const CRASHES = 3;

export interface Crash {
  /** How it ended last; undefined where the kubelet does not say any more. */
  ended: Termination | undefined;
  outOfMemory: boolean;
  /** The one line that tells most. */
  evidence: string;
}

/** A container that ends again and again. Between two crashes it runs for a moment: it is crashing until it is ready. */
export function crashOf({ state, last, ready, restarts, role }: Container): Crash | undefined {
  const ended = state.is === "terminated" && state.exitCode !== 0 ? state : last;
  const crashing = state.is === "waiting" ? state.reason === "CrashLoopBackOff" : !ready && ended !== undefined;
  if (!crashing || restarts < CRASHES) return undefined;
  // One that has ended well has done its work.
  if (role === "init" && state.is === "terminated" && state.exitCode === 0) return undefined;
  const bare = ended
    ? `exit code ${ended.exitCode}, ${restarts} restarts`
    : state.is === "waiting"
      ? state.message
      : `${restarts} restarts`;
  const outOfMemory = ended?.reason === "OOMKilled";
  // Killed in the midst of something it had no last words about that.
  return { ended, outOfMemory, evidence: (outOfMemory ? "" : lastWords(ended?.message ?? "")) || bare };
}
