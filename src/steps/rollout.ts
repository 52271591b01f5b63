import type { EnvironmentFacts } from "../facts/environment-facts.ts";
import { holderOf } from "../facts/holder-of.ts";
import { isStranger, STRANGER_MS } from "../facts/pull-failure.ts";
import { workloadsApplied } from "../facts/workloads-applied.ts";
import { goesTo } from "../project/goes-to.ts";
import { isOfImage } from "../project/is-of-image.ts";
import { imageOf } from "../project/naming.ts";
import { Problem } from "../project/problem.ts";
import type { EnvironmentContext, Step } from "./step.ts";
import { unreadable } from "./unreadable.ts";

/** What was released is applied, and every workload of it runs whole, with the image of that commit. */
export const rollout: Step = {
  name: "rollout",
  scope: "environment",
  stage: "rollout",
  after: ["release"],

  async ensure(context) {
    await replaceStrangers(context);
    const { here, status } = context;
    const { tag = "" } = status;
    if (!here.kustomization.known) return unreadable(here.kustomization.reason);
    if (!here.workloads.known) return unreadable(here.workloads.reason);
    const applying = { state: "waiting", reason: "RolloutApplying", params: { tag } } as const;
    // What Flux could not apply is another matter: it has tried what is waited for.
    const flux = here.kustomization.value;
    const refused = flux?.failure !== undefined || (flux?.trying && hasFailed(context));
    if (!isApplied(here, status)) {
      if (refused) return applying;
      if (!flux?.suspended) return { ...applying, replacing: true };
      const params = { kind: flux.kind, by: holderOf(here, flux, "spec.suspend").name };
      return { state: "waiting", reason: "RolloutSuspended", params, replacing: true };
    }
    const { spec } = context.project;
    const image = imageOf(context.settings.registryHost, spec.owner, spec.repository);
    const workloads = workloadsApplied(here);
    const stale = workloads.some(({ kind, containers }) =>
      // A Job's template cannot change: one that stands is what it was made as.
      kind === "Job"
        ? false
        : containers.some((each) => isOfImage(image, each.image) && each.image !== `${image}:${tag}`),
    );
    if (stale) return { ...applying, replacing: true };
    const ready = sum(workloads.map((each) => each.ready));
    const wanted = sum(workloads.map((each) => each.wanted));
    const lagging = workloads.filter(({ settled }) => !settled);
    const workload = lagging.map(({ name }) => name).join(", ");
    if (lagging.length > 0 && lagging.every(({ paused }) => paused))
      return { state: "waiting", reason: "RolloutPaused", params: { ready, wanted, tag, workload } };
    if (lagging.length > 0)
      return {
        state: "waiting",
        reason: "RolloutProgressing",
        params: { ready, wanted, tag, ...(workloads.length > 1 ? { workload } : {}) },
      };
    const held = sum(workloads.map((each) => each.held));
    return { state: "done", reason: "RolloutDone", params: { ready, wanted, tag, ...(held > 0 ? { held } : {}) } };
  },
};

/** The deploy of what was released: until Flux has ended another try it is as it was. */
function hasFailed({ project, here, status }: EnvironmentContext): boolean {
  const { name } = here.environment;
  return (
    project.status.deploys.findLast((each) => each.sha === status.released && goesTo(name, each))?.state === "failed"
  );
}

/** Flux has looked at what it was given last, and applied the commit that its source has. */
function isApplied(
  { kustomization, sources }: EnvironmentFacts,
  { source, released }: EnvironmentContext["status"],
): boolean {
  const object = kustomization.known ? kustomization.value : undefined;
  if (!object?.observed || object.failure || object.applied === undefined) return false;
  // It was read before it was given this source: what it applied is of the one before, if of another commit.
  if (source !== undefined && object.source !== source && object.applied !== released) return false;
  const found = sources.known ? sources.value.find(({ name }) => name === object.source) : undefined;
  // A source that has gone, or holds nothing now, was applied before.
  return found?.artifact === undefined || object.applied === found.artifact;
}

/**
 * Pods of a new tag that wait out a back-off because their node pulled for them before it might read the pull secret: what
 * comes in their place is pulled for with it, at once. Only for so long after the tag (a busy node takes half a minute for its
 * first try): where no try has the Secret, a person must see it. Without the right to it (rights from before it was needed) the pod waits, and the doctor tells of the right.
 */
async function replaceStrangers({ here, status, facts, ports }: EnvironmentContext): Promise<void> {
  const { tag, tagSince } = status;
  if (tag === undefined || tagSince === undefined || !here.pods.known) return;
  if (facts.at.getTime() - Date.parse(tagSince) > 2 * STRANGER_MS) return;
  for (const { name, namespace, uid, deleting, owner, containers } of here.pods.value) {
    // A Job counts one that is deleted as failed.
    if (
      deleting ||
      owner?.kind === "Job" ||
      !containers.some((each) => each.image.endsWith(`:${tag}`) && isStranger(each))
    )
      continue;
    await ports.cluster.delete({ apiVersion: "v1", kind: "Pod", namespace, name }, { uid }).catch(unlessForbidden);
  }
}

function unlessForbidden(error: unknown): void {
  if (!(error instanceof Problem && error.code === "rbac-missing")) throw error;
}

function sum(numbers: number[]): number {
  return numbers.reduce((total, each) => total + each, 0);
}
