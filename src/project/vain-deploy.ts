import type { Deploy, ProjectStatus } from "./project.ts";

/** The newest one of the branch, or of a pin, that came to nothing and may be tried again. */
export function vainDeploy({ deploys }: Pick<ProjectStatus, "deploys">): Deploy | undefined {
  const newest = [
    deploys.findLast(({ reason }) => reason !== "pin"),
    deploys.findLast(({ reason }) => reason === "pin"),
  ];
  return newest.find((deploy) => deploy && (deploy.state === "failed" || isCancelled(deploy)));
}

/** Somebody stopped its build, and nothing else has come in its place. */
export function isCancelled({ stages }: Pick<Deploy, "stages">): boolean {
  return stages.some(({ reason }) => reason === "BuildCancelled");
}
