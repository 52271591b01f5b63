import type { Absences } from "../diagnosis/create-absences.ts";
import type { Rule } from "../diagnosis/rule.ts";
import type { Log } from "../project/log.ts";
import type { Ports } from "../project/ports/ports.ts";
import type { Delivered, Messenger } from "../project/ports/slack.ts";
import type { FindingStatus } from "../project/project.ts";
import type { Settings } from "../project/settings.ts";
import type { Step } from "../steps/step.ts";
import type { Template } from "../template/template.ts";
import type { Words } from "../words/words.ts";
import type { Confirmation } from "./create-confirmation.ts";
import type { Underway } from "./create-underway.ts";

/** Of the Project with this uid, and of no later one of its name. */
export interface Glanced {
  project: string;
  uid: string;
  finding: FindingStatus;
}

/** All that a pass needs, handed in by start.ts. */
export interface Controller {
  ports: Ports;
  settings: Settings;
  steps: readonly Step[];
  rules: readonly Rule[];
  templates: readonly Template[];
  words: Words;
  /** What was seen and is not told yet. */
  confirmation: Confirmation;
  /** Images that were looked for in vain. */
  absences: Absences;
  /** Steps that have not come back yet. */
  underway: Underway;
  messenger: Messenger;
  /** What the messenger has told since the status was last written. */
  delivered: Delivered[];
  /** What a glance has found and told since the status was last written. */
  glanced: Glanced[];
  log: Log;
}
