import type { Finding, Severity } from "../project/finding.ts";
import type { Project } from "../project/project.ts";
import type { EnvironmentSnapshot, Snapshot } from "../project/snapshot.ts";

/**
 * One thing that can go wrong, judged from what was seen. Pure. `code` is the finding's, its words are the catalogue's.
 * `needs` names what must have been readable: a rule whose need failed is unknown, never silent.
 */
export type Rule = EnvironmentRule | ProjectRule;

interface Judged {
  code: string;
  severity: Severity;
  /** Ids of remedies offered with it. */
  remedies: readonly string[];
}

/** Asked of each environment. */
export interface EnvironmentRule extends Judged {
  scope?: "environment";
  needs: readonly (keyof EnvironmentSnapshot)[];
  /** Why nothing can be judged though all it needs was readable; undefined: it can. */
  blind?(evidence: Evidence): string | undefined;
  check(evidence: Evidence): Found[];
}

/** Asked once, of what all environments share. */
export interface ProjectRule extends Judged {
  scope: "project";
  needs: readonly (keyof Snapshot)[];
  check(evidence: Omit<Evidence, "environment">): Found[];
}

type Found = Omit<Finding, "code" | "severity" | "remedies">;

export interface Evidence {
  project: Project;
  snapshot: Snapshot;
  environment: EnvironmentSnapshot;
}
