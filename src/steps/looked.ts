import type { PreflightLine } from "../project/ports/launcher.ts";
import { Problem } from "../project/problem.ts";

/** What a look gave; where it was refused for good that is what it found, and where it failed nothing is known. */
export async function looked(check: string, look: () => Promise<PreflightLine>): Promise<PreflightLine> {
  try {
    return await look();
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    const certain = error.destiny.kind === "person";
    return certain
      ? { check, state: "failed", reason: error.code, params: { ...error.params, detail: error.evidence } }
      : { check, state: "unknown", reason: "NotChecked", params: { check, detail: error.evidence, code: error.code } };
  }
}
