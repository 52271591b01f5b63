import type { Job } from "../state.ts";
import type { Scope } from "./expression.ts";
import type { RunContext } from "./run-context.ts";
import type { JobFile } from "./workflow-file.ts";

/** What steps of one job share and change. */
export interface JobContext extends RunContext {
  job: Job;
  jobFile: JobFile;
  token: string;
  env: Record<string, string>;
  log(line: string): void;
  /** Simulated work, a little longer or shorter each time. */
  work(seconds: number): Promise<void>;
  scope(env?: Record<string, string>): Scope;
}
