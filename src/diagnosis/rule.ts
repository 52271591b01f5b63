import type { EnvironmentFacts } from "../facts/environment-facts.ts";
import type { Facts } from "../facts/facts.ts";
import type { Finding, Severity } from "../project/finding.ts";
import type { FindingCode, FindingParams } from "../project/finding-params/index.ts";
import type { Project } from "../project/project.ts";
import type { Remedy } from "../project/remedy.ts";
import type { Settings } from "../project/settings.ts";
import type { Stage } from "../project/stage.ts";
import type { Unread } from "../project/unread.ts";

/**
 * One thing that can go wrong, judged from what was seen: during a launch, in a deploy and at three in the morning alike.
 * Pure. `code` is the finding's, its words are the catalogue's.
 */
export type Rule<Code extends FindingCode = FindingCode> = ProjectRule<Code> | EnvironmentRule<Code>;

interface Common<Code extends FindingCode> {
  code: Code;
  severity: Severity;
  /** The row that it stops while it lasts; absent: it stops none. */
  stage?: Stage;
  /** How it is made sure of before it is told, so that one bad look is no alarm. */
  confirm?: Confirm;
  /** Codes of what it is the cause of: they are not told beside it. */
  explains?: readonly FindingCode[];
  /** All that it reads is in the watch caches and the Project: judged at a glance, before anybody else is asked. */
  glance?: true;
  /** Ids of remedies offered with it. */
  remedies: readonly Remedy[];
}

/** Seen in so many looks in a row, and for so long. */
export interface Confirm {
  looks?: number;
  milliseconds?: number;
}

export interface ProjectRule<Code extends FindingCode = FindingCode> extends Common<Code> {
  scope: "project";
  /** What must have been readable: a rule whose need failed is unknown, never silent. */
  needs: readonly (keyof Facts)[];
  /** Why nothing can be judged though all it needs was readable; undefined: it can. */
  blind?(seen: Seen): Unread | undefined;
  /** Of a rule that looks in several places: where it could not. What it had found there stays; the rest is judged. */
  unseen?(seen: Seen): { environment?: string; reason: Unread }[];
  check(seen: Seen): Found<Code>[];
}

export interface EnvironmentRule<Code extends FindingCode = FindingCode> extends Common<Code> {
  scope: "environment";
  needs: readonly (keyof EnvironmentFacts)[];
  blind?(seen: SeenEnvironment): Unread | undefined;
  check(seen: SeenEnvironment): Found<Code>[];
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
export type Found<Code extends FindingCode = FindingCode> = Omit<
  Finding,
  "code" | "severity" | "remedies" | "params"
> & {
  params: FindingParams[Code];
  confirm?: Confirm;
  seenAt?: Date;
  /** About what no rollout waits for and nobody's request meets: a warning that stops no row and explains nothing else. */
  aside?: true;
};
