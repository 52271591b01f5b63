import { Problem } from "../project/problem.ts";
import { known, type Read, unknown } from "../project/read.ts";

/** So long a look may take; what it would have found is unknown then, and asked for again in the next pass. */
export const DEADLINE_MS = 5_000;

/** A look that never rejects and never hangs: what could not be read says why. */
export async function read<T>(look: () => Promise<T>, deadlineMs: number = DEADLINE_MS): Promise<Read<T>> {
  const late = Promise.withResolvers<Read<T>>();
  const timer = setTimeout(() => late.resolve(unknown(`no answer within ${deadlineMs / 1000} s`)), deadlineMs);
  try {
    return await Promise.race([look().then(known), late.promise]);
  } catch (error) {
    if (!(error instanceof Problem)) return unknown(String(error));
    return unknown(error.evidence, error.destiny.kind === "person" ? error.code : undefined);
  } finally {
    clearTimeout(timer);
  }
}
