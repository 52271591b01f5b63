import type { Problem } from "./problem.ts";
import type { EnvironmentStatus, ProjectStatus } from "./project.ts";
import type { Reasoned } from "./reason-params.ts";

/** What a step learned that the Project must remember; `environment`: of the one that it was about. */
export type Learned = Partial<Pick<ProjectStatus, "repository" | "launch" | "url">> & {
  environment?: Partial<EnvironmentStatus>;
};

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
  | ({ state: "done"; learned?: Learned; made?: Made[]; removed?: Made[] } & (Reasoned | { reason?: never }))
  | ({ state: "skipped" } & Reasoned)
  /** `replacing`: what is seen now is still what is being replaced, and says nothing of what is waited for. */
  | ({ state: "waiting"; until?: Date; learned?: Learned; made?: Made[]; replacing?: true } & Reasoned)
  /** What it asked for was refused, and only a person can change that. Why something does not come is not a step's to say. */
  | { state: "refused"; problem: Problem };
