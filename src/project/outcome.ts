import type { Finding } from "./finding.ts";
import type { Params } from "./params.ts";
import type { ProjectStatus } from "./project.ts";

/** What a step learned that the Project must remember. */
export type Facts = Partial<Pick<ProjectStatus, "repository" | "launch" | "environments" | "url">>;

/** Something a step has made, or found made by an earlier try of itself; becomes the ledger's. */
export interface Made {
  kind: string;
  name: string;
  namespace?: string;
  id?: string;
}

/**
 * What a step says of itself. `reason` is a key of `words.reasons`, CamelCase like a condition's reason.
 * `until`: look again then, even if no hint comes.
 */
export type Outcome =
  /** Without a reason it has nothing to add to what its stage's other steps say. */
  | { state: "done"; reason?: string; params?: Params; facts?: Facts; made?: Made[]; removed?: Made[] }
  | { state: "skipped"; reason: string; params?: Params }
  | { state: "waiting"; reason: string; params?: Params; until?: Date; facts?: Facts; made?: Made[] }
  | { state: "stalled"; finding: Finding };
