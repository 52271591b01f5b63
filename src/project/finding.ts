import type { Params } from "./params.ts";
import type { Stage } from "./stage.ts";

/** `warn` leaves the running version alone, `fail` blocks. */
export type Severity = "warn" | "fail";

/**
 * One thing that is wrong. Its words (title, cause, impact, fix) are the catalogue's `findingSaid(code, params, words)`.
 * The same `code` and `subject` is the same finding, however often it is seen.
 */
export interface Finding {
  /** Stable, as in docs/findings: `flux-source-timeout`. */
  code: string;
  severity: Severity;
  /** What it is about, unique within the project: `GitRepository/rrr/rrr`, `environment/production`. */
  subject: string;
  /** The one line that proves it, in the words of whoever said it; secrets masked; at most 300 characters. */
  evidence: string;
  /** Where it was seen from: `cluster`, `inside`, `outside:<vantage>`, `github`. */
  seenFrom: string;
  params: Params;
  /** When it began, where the evidence tells; else when it was first seen. */
  since?: Date;
  /** How often it happened, where the evidence tells; else how often it was seen anew. */
  count?: number;
  /** Of which environment; absent: of the project. */
  environment?: string;
  /** The row that it stops while it lasts; absent: it stops none. */
  stage?: Stage;
  /** Ids of remedies that can be offered as buttons. */
  remedies: string[];
}
