import type { Params } from "./params.ts";

/** One thing that was looked at, and how it is: before anything is made, and whenever somebody asks. */
export interface Look {
  check: string;
  state: "ok" | "failed" | "warning" | "unknown";
  /** A key of `words.preflight` or `words.doctor.lines`; of what failed, a finding's code. */
  reason: string;
  params?: Params;
  /** The line that proves it, in the words of whoever said it. */
  evidence?: string;
  /** Of a name that is taken or not allowed: one that would do. */
  proposal?: string;
}
