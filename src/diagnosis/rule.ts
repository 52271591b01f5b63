import type { Finding, Severity } from "../project/finding.ts";
import type { Project } from "../project/project.ts";
import type { EnvironmentSnapshot, Snapshot } from "../project/snapshot.ts";

/**
 * One thing that can go wrong, judged from what was seen. Pure. `code` is the finding's, its words are the catalogue's.
 * `needs` names what of an environment must have been readable: a rule whose need failed is unknown, never silent.
 */
export interface Rule {
  code: string;
  severity: Severity;
  needs: readonly (keyof EnvironmentSnapshot)[];
  /** Ids of remedies offered with it. */
  remedies: readonly string[];
  /** Why nothing can be judged though all it needs was readable; undefined: it can. */
  blind?(evidence: Evidence): string | undefined;
  check(evidence: Evidence): Omit<Finding, "code" | "severity" | "remedies">[];
}

export interface Evidence {
  project: Project;
  snapshot: Snapshot;
  environment: EnvironmentSnapshot;
}
