import type { FindingStatus, Project } from "../../project/project.ts";

/** What is wrong now and worth the title: the most pressing of what is open. */
export function troubleNow({ status }: Project): FindingStatus | undefined {
  return status.findings.find(({ severity, recoveredAt }) => severity === "fail" && recoveredAt === undefined);
}
