import { tagOf } from "./naming.ts";
import type { ProjectStatus } from "./project.ts";

/** Of what this project has seen; the commit itself before one that ran the image of it. */
export function commitOfTag(
  tag: string,
  { deploys, launch, builds, environments }: Pick<ProjectStatus, "deploys" | "launch" | "builds" | "environments">,
): string | undefined {
  const seen = [
    ...deploys.map(({ sha }) => sha),
    ...(launch.sha === undefined ? [] : [launch.sha]),
    ...builds.map(({ sha }) => sha),
    ...environments.flatMap(({ released, sources = [] }) => [
      ...(released === undefined ? [] : [released]),
      ...sources,
    ]),
  ];
  return seen.find((sha) => tagOf(sha) === tag);
}
