import type { FindingStatus, Project } from "../../project/project.ts";

/** No failure, for somebody wanted it; and what is called live answers nobody. */
const UNANSWERED = "scaled-to-zero";

/** What is wrong now and worth the title: the most pressing of what is open. */
export function troubleNow({ status }: Project): FindingStatus | undefined {
  const open = status.findings.filter(({ recoveredAt }) => recoveredAt === undefined);
  return open.find(({ severity }) => severity === "fail") ?? open.find(({ code }) => code === UNANSWERED);
}
