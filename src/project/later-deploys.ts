import type { Deploy, ProjectStatus } from "./project.ts";

/** All but the launch's own, which has a card of another shape. Before deploys had reasons it was the first, of its commit. */
export function laterDeploys({ deploys, launch }: Pick<ProjectStatus, "deploys" | "launch">): Deploy[] {
  return deploys.filter(({ reason, sha }, index) =>
    reason === undefined ? index > 0 || sha !== launch.sha : reason !== "launch",
  );
}
