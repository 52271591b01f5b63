import type { EnvironmentFacts } from "../facts/environment-facts.ts";
import type { Facts } from "../facts/facts.ts";
import type { Finding, Severity } from "../project/finding.ts";
import type { Project } from "../project/project.ts";
import type { Settings } from "../project/settings.ts";
import type { Stage } from "../project/stage.ts";

/**
 * One thing that can go wrong, judged from what was seen: during a launch, in a deploy and at three in the morning alike.
 * Pure. `code` is the finding's, its words are the catalogue's.
 */
export type Rule = ProjectRule | EnvironmentRule;

interface Common {
  code: string;
  severity: Severity;
  /** The row that it stops while it lasts; absent: it stops none. */
  stage?: Stage;
  /** How it is made sure of before it is told, so that one bad look is no alarm. */
  confirm?: Confirm;
  /** Codes of what it is the cause of: they are not told beside it. */
  explains?: readonly string[];
  /** Ids of remedies offered with it. */
  remedies: readonly string[];
}

/** Seen in so many looks in a row, and for so long. */
export interface Confirm {
  looks?: number;
  milliseconds?: number;
}

export interface ProjectRule extends Common {
  scope: "project";
  /** What must have been readable: a rule whose need failed is unknown, never silent. */
  needs: readonly (keyof Facts)[];
  /** Why nothing can be judged though all it needs was readable; undefined: it can. */
  blind?(seen: Seen): string | undefined;
  /** Of a rule that looks in several places: where it could not. What it had found there stays; the rest is judged. */
  unseen?(seen: Seen): { environment?: string; reason: string }[];
  check(seen: Seen): Found[];
}

export interface EnvironmentRule extends Common {
  scope: "environment";
  needs: readonly (keyof EnvironmentFacts)[];
  blind?(seen: SeenEnvironment): string | undefined;
  check(seen: SeenEnvironment): Found[];
}

/** What is judged. */
export interface Seen {
  project: Project;
  settings: Settings;
  facts: Facts;
}

export interface SeenEnvironment extends Seen {
  here: EnvironmentFacts;
}

/**
 * What a rule says of one subject; the rest is the rule's own. A project's rule may name the environment and row that it is
 * about, and any rule that this one is to be made sure of in another way, or that its evidence is of earlier than this pass.
 */
export type Found = Omit<Finding, "code" | "severity" | "remedies"> & {
  confirm?: Confirm;
  seenAt?: Date;
  /** About what no rollout waits for and nobody's request meets: a warning that stops no row and explains nothing else. */
  aside?: true;
};
