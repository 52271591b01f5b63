import { tagOf } from "../project/naming.ts";
import type { ProjectStatus } from "../project/project.ts";
import { kustomizationOf } from "./kustomization-of.ts";
import type { Step, StepContext } from "./step.ts";

/** Gives each environment the tag to run, once its image is there. No commit by a bot, and no pod before its image. */
export const release: Step = {
  name: "release",
  stage: "rollout",
  after: ["kustomization", "image"],

  async ensure(context) {
    const { project, settings, ports, snapshot } = context;
    const environments: ProjectStatus["environments"] = [];
    for (const environment of project.spec.environments) {
      const before = project.status.environments.find(({ name }) => name === environment.name);
      const tag = environment.tag ?? newest(context) ?? before?.tag;
      if (tag === undefined) return { state: "waiting", reason: "RolloutWaitsForImage" };
      if (before?.tag !== tag) await ports.cluster.apply(kustomizationOf(project, environment, settings, tag));
      const tagSince = before?.tag === tag ? before.tagSince : snapshot.at.toISOString();
      environments.push({ ...before, name: environment.name, tag, ...(tagSince === undefined ? {} : { tagSince }) });
    }
    return { state: "done", facts: { environments } };
  },
};

/** The tag of the commit that image.ts found built. */
function newest({ project, snapshot }: StepContext): string | undefined {
  const head = snapshot.head.known ? snapshot.head.value?.sha : undefined;
  for (const sha of project.status.phase === "Live" ? [head] : [project.status.launch.sha]) {
    const image = sha === undefined ? undefined : snapshot.images[tagOf(sha)];
    if (sha !== undefined && image?.known && image.value) return tagOf(sha);
  }
  return undefined;
}
