import { stat } from "node:fs/promises";
import type { TestProject } from "vitest/node";

declare module "vitest" {
  export interface ProvidedContext {
    /** Bytes of the API server's audit log that are older than this run. */
    auditBegan: number;
  }
}

/** Before the first test on the real cluster: from where on the audit log is this run's. */
export default async function noteAudit(project: TestProject): Promise<void> {
  const log = process.env.TESTBED_AUDIT;
  project.provide("auditBegan", log ? (await stat(log)).size : 0);
}
