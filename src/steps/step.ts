import type { Outcome } from "../project/outcome.ts";
import type { PlannedChange } from "../project/ports/launcher.ts";
import type { Ports } from "../project/ports/ports.ts";
import type { Project } from "../project/project.ts";
import type { Settings } from "../project/settings.ts";
import type { Snapshot } from "../project/snapshot.ts";
import type { Stage } from "../project/stage.ts";
import type { Template } from "../template/template.ts";

/**
 * One thing that a launch does. `ensure` looks before it makes and may be called again at any time, after any crash.
 * `plan` names what it makes: `/project plan` shows it, the ledger intends it, undo removes it.
 */
export interface Step {
  name: string;
  stage: Stage;
  /** Names of steps that must be done (or skipped) first. */
  after: readonly string[];
  plan?(intent: PlanContext): PlannedChange[];
  ensure(context: StepContext): Promise<Outcome>;
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
  snapshot: Snapshot;
  ports: Ports;
  template: Template | undefined;
  /** A person pressed Retry, and this pass is the answer to it. */
  retrying: boolean;
}
