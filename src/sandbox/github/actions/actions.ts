import type { Run } from "../state.ts";
import type { WorkflowFile } from "./workflow-file.ts";

export interface Actions {
  /** `file` is the workflow as it is at the run's commit; without it, it is read again. */
  start(run: Run, which: "all" | "failed", file?: WorkflowFile): void;
  cancel(run: Run): void;
  /** A reviewer's word on the jobs of a run that wait for an environment. */
  review(run: Run, environment: string, approved: boolean): void;
}
