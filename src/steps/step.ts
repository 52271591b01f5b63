import type { EnvironmentFacts } from "../facts/environment-facts.ts";
import type { Facts } from "../facts/facts.ts";
import type { Outcome } from "../project/outcome.ts";
import type { PlannedChange } from "../project/ports/launcher.ts";
import type { Ports } from "../project/ports/ports.ts";
import type { EnvironmentStatus, Project } from "../project/project.ts";
import type { Settings } from "../project/settings.ts";
import type { Stage } from "../project/stage.ts";
import type { Template } from "../template/template.ts";

/**
 * One thing that a launch does: it makes, or waits. `ensure` looks before it makes and may be called again at any time,
 * after any crash. Why something does not come is a rule's to say.
 * `plan` names what it makes: `/project plan` shows it, the ledger intends it, undo removes it.
 */
export type Step = ProjectStep | EnvironmentStep;

interface Common {
  name: string;
  stage: Stage;
  /** Names of steps that must be done (or skipped) first: of the same environment, or of the project. */
  after: readonly string[];
  plan?(intent: PlanContext): PlannedChange[];
}

export interface ProjectStep extends Common {
  scope: "project";
  ensure(context: StepContext): Promise<Outcome>;
}

/** Once for each environment; one that lags stops no other. */
export interface EnvironmentStep extends Common {
  scope: "environment";
  ensure(context: EnvironmentContext): Promise<Outcome>;
}

export interface PlanContext {
  name: string;
  spec: Project["spec"];
  settings: Settings;
}

export interface StepContext {
  /** With what the steps before it in this pass have learned already in its status. */
  project: Project;
  settings: Settings;
  facts: Facts;
  ports: Ports;
  template: Template | undefined;
  /** A person pressed Retry, and this pass is the answer to it. */
  retrying: boolean;
}

export interface EnvironmentContext extends StepContext {
  here: EnvironmentFacts;
  /** What is remembered of it. */
  status: EnvironmentStatus;
}
