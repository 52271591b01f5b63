import type { Finding } from "../project/finding.ts";
import type { ProjectStatus } from "../project/project.ts";
import { stoppedBefore } from "./stopped-before.ts";

/** Not known as open, nor as what has stopped the launch or the last deploy. */
export function isNew({ code, subject }: Finding, status: ProjectStatus): boolean {
  return ![...status.findings, ...stoppedBefore(status)].some(
    (each) => each.recoveredAt === undefined && each.code === code && each.subject === subject,
  );
}
