import type { Project } from "./project.ts";

/** When a commit was there for Actions to see, as far as this project has seen it: waits are counted from then. */
export function pushedAt({ status }: Project, sha: string): Date | undefined {
  const deploy = status.deploys.findLast((each) => each.sha === sha && each.sha !== status.launch.sha);
  const repository = status.stages.find(({ stage }) => stage === "repository");
  const at = deploy?.startedAt ?? (status.launch.sha === sha ? (repository?.finishedAt ?? undefined) : undefined);
  return at === undefined ? undefined : new Date(at);
}
