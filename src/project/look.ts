import type { DoctorCheck, LookReason, PreflightCheck } from "./look-reason.ts";
import type { Params } from "./params.ts";

/** As it stands in a status, which another version may have written. */
export type StoredLook = Omit<Look, "check" | "reason"> & { check: string; reason: string };

/** One thing that was looked at, and how it is: before anything is made, and whenever somebody asks. */
export interface Look {
  check: PreflightCheck | DoctorCheck;
  state: "ok" | "failed" | "warning" | "unknown";
  /** A key of `words.preflight` or `words.doctor.lines`; of what failed, a finding's code. */
  reason: LookReason;
  params?: Params;
  /** The line that proves it, in the words of whoever said it. */
  evidence?: string;
  /** Of a name that is taken or not allowed: one that would do. */
  proposal?: string;
}
