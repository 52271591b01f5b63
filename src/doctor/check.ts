import type { Look } from "../project/look.ts";
import type { DoctorCheck } from "../project/look-reason.ts";
import type { Surroundings } from "./surroundings.ts";

/** One thing that the doctor looks at. `name` is a key of `words.doctor.checks`. It may reject with a Problem. */
export interface Check {
  name: DoctorCheck;
  run(at: Surroundings): Promise<Found>;
}

/** What a look found; whose look it was is told beside it. */
export type Found = Omit<Look, "check">;
