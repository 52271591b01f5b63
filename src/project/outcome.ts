import type { Finding } from "./finding.ts";

/** Facts that a sentence of the catalogue (src/words) is filled with. */
export type Params = Record<string, string | number>;

/**
 * What a step says of itself. `reason` is a key of `words.reasons`, CamelCase like a condition's reason.
 * `until`: look again then, even if no hint comes.
 */
export type Outcome =
  /** Without a reason it has nothing to add to what its stage's other steps say. */
  | { state: "done"; reason?: string; params?: Params }
  | { state: "skipped"; reason: string; params?: Params }
  | { state: "waiting"; reason: string; params?: Params; until?: Date }
  | { state: "stalled"; finding: Finding };
