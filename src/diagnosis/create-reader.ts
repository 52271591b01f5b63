import type { Asked } from "../project/asked.ts";
import { Problem } from "../project/problem.ts";
import { known, type Read, unknown } from "../project/read.ts";

/** Milliseconds: how long one look may take, and all the looks of a pass together. */
export interface Patience {
  look: number;
  pass: number;
}

/** What only the watch cache is needed for is judged once a pass has looked everywhere: that is not to be late. */
const PATIENCE: Patience = { look: 5_000, pass: 8_000 };

/** A look that never rejects and never hangs: what could not be read says why, and whose answer did not come. */
export type Reader = <T>(look: () => Promise<T>, whom?: Asked) => Promise<Read<T>>;

/**
 * The looks of one pass, which begins now. One that comes late, for its own time or for that of the pass, is unknown and
 * asked for again in the next; once the pass has used up its time nobody is asked any more.
 */
export function createReader({ look: each, pass }: Patience = PATIENCE): Reader {
  const end = performance.now() + pass;

  return async function read<T>(look: () => Promise<T>, whom: Asked = "cluster"): Promise<Read<T>> {
    const left = end - performance.now();
    const late = unknown(
      left < each
        ? { because: "Late", seconds: pass / 1000, of: "pass", whom }
        : { because: "Late", seconds: each / 1000, of: "look", whom },
    );
    if (left <= 0) return late;
    const { promise, resolve } = Promise.withResolvers<Read<T>>();
    const timer = setTimeout(() => resolve(late), Math.min(each, left));
    try {
      return await Promise.race([look().then(known), promise]);
    } catch (error) {
      if (!(error instanceof Problem)) return unknown(String(error));
      return unknown(error.evidence, error.destiny.kind === "person" ? error.code : undefined);
    } finally {
      clearTimeout(timer);
    }
  };
}
