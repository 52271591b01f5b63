import type { Look } from "../project/look.ts";
import { lookOfProblem } from "../project/look-of-problem.ts";
import { Problem } from "../project/problem.ts";

/** What a look gave; where it was refused for good that is what it found, and where it failed nothing is known. */
export async function looked(check: string, look: () => Promise<Look>): Promise<Look> {
  try {
    return await look();
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return lookOfProblem(check, error);
  }
}
