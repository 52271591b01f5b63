import type { FindingStatus, ProjectStatus } from "../project/project.ts";

/**
 * What has stopped the launch or the last deploy. The version before knew of it there alone, not among the findings: seen
 * now, it is the same one still, and told already.
 */
export function stoppedBefore({ failure, deploys }: ProjectStatus): FindingStatus[] {
  const last = deploys.at(-1);
  const stopped = [failure, last?.state === "failed" ? last.failure : undefined];
  return stopped.flatMap((each) => (each && each.recoveredAt === undefined ? [each] : []));
}
