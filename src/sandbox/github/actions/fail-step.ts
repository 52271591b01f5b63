import type { JobContext } from "./job-context.ts";
import type { StepResult } from "./step-result.ts";

/** Writes the lines to the log, the last as the error. */
export function failStep(context: JobContext, ...lines: string[]): StepResult {
  for (const line of lines) context.log(line);
  context.log(`##[error]${lines.at(-1) ?? "Process completed with exit code 1."}`);
  return { conclusion: "failure", outputs: {} };
}
