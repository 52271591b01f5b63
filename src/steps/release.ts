import { holderOf } from "../facts/holder-of.ts";
import { replicasGiven } from "../facts/replicas-given.ts";
import { isScaled } from "../project/is-scaled.ts";
import { tagOf } from "../project/naming.ts";
import type { Reasoned, ReasonParams } from "../project/reason-params.ts";
import { runsOwnImage } from "../project/runs-own-image.ts";
import { tagToLookUp } from "../project/tag-to-look-up.ts";
import { paramsOfUnread } from "../project/unread.ts";
import { wantedHere } from "../project/wanted-commit.ts";
import { sourceNameOf } from "./git-repository-of.ts";
import { imageOfCommit } from "./image-of-commit.ts";
import { KUSTOMIZATION, kustomizationOf } from "./kustomization-of.ts";
import { manifestsHere } from "./manifests-here.ts";
import type { EnvironmentContext, Step } from "./step.ts";
import { unreadable } from "./unreadable.ts";

/**
 * Manifests and image of one commit, in one apply: neither arrives without the other, no commit by a bot, and no pod before
 * its image. Until both are there what was released before is kept whole.
 */
export const release: Step = {
  name: "release",
  scope: "environment",
  stage: "rollout",
  after: ["git-repository"],
  plan: ({ name, spec }) =>
    spec.environments.map(({ namespace }) => ({
      kind: "Kustomization",
      name,
      namespace,
    })),

  async ensure(context) {
    const { project, settings, ports, facts, here, status, retrying } = context;
    const { environment } = here;
    const unsettled = commitAwaited(context);
    const next = unsettled ? undefined : nextOf(context);
    const released = next ?? releasedBefore(context);
    const waits = { state: "waiting" as const, ...(unsettled ?? lacking(context)) };
    if (!released) return waits;
    // Whether an autoscaler has the count cannot be told then, and it is not to be taken from either.
    if (isScaled(environment, status) && !here.kustomization.known) return unreadable(here.kustomization.reason);
    const replicas = replicasGiven(project, here);
    const given = { ...released, ...(replicas === undefined ? {} : { replicas }) };
    const { metadata } = await ports.cluster.apply(kustomizationOf(project, environment, settings, given));
    const { namespace, name } = { namespace: environment.namespace, name: project.metadata.name };
    if (retrying) await ports.cluster.poke({ apiVersion: KUSTOMIZATION, kind: "Kustomization", namespace, name });
    const id = metadata.uid === undefined ? {} : { id: metadata.uid };
    const made = [{ kind: "Kustomization", name, namespace, ...id }];
    if (!next) return { ...waits, made };
    const tagSince = status.tag === next.tag ? status.tagSince : facts.at.toISOString();
    return {
      state: "done",
      made,
      learned: {
        environment: {
          tag: next.tag,
          pinnedTag: environment.tag,
          ...(tagSince === undefined ? {} : { tagSince }),
          released: next.commit,
          source: next.source,
          ...(next.own
            ? { sources: [...(status.sources ?? []).filter((each) => each !== next.commit), next.commit] }
            : {}),
        },
      },
    };
  },
};

/** Nothing of a tag is given before it is written down of which commit it is: image and manifests would come apart. */
function commitAwaited({
  project,
  here,
  facts: { pinned, at },
}: EnvironmentContext): (Reasoned & { until: Date }) | undefined {
  const tag = tagToLookUp(here.environment, project.status);
  if (tag === undefined) return undefined;
  const look = pinned[tag];
  const why = look && !look.known ? paramsOfUnread(look.reason) : {};
  const until = new Date(at.getTime() + (look?.known ? 1_000 : 20_000));
  return { reason: "RolloutWaitsForCommit", params: { tag, ...why }, until };
}

/** What is not there yet: the image, which takes longest, else the manifests. */
function lacking(context: EnvironmentContext): Reasoned {
  const manifests = manifestsHere(context);
  const commit = wantedHere(context.project, context.here.environment, context.facts.head);
  const suspended = suspendedSource(context, commit);
  // It goes no further by itself, whether or not the image is there.
  if (suspended && context.status.released !== undefined) return { reason: "RolloutSuspended", params: suspended };
  if (commit === undefined || (context.here.environment.tag ?? tagHere(context, commit)) === undefined)
    return { reason: "RolloutWaitsForImage" };
  if (suspended) return { reason: "RolloutSuspended", params: suspended };
  if (manifests.state === "unknown") return unreadable(manifests.reason);
  return { reason: "RolloutWaitsForSource" };
}

/** What is wanted, once all of it is there. `own`: the manifests have a source of their own. */
function nextOf(
  context: EnvironmentContext,
): { commit: string; tag: string; source: string; own: boolean } | undefined {
  const { project, facts, here, status } = context;
  const commit = wantedHere(project, here.environment, facts.head);
  const manifests = manifestsHere(context);
  if (commit === undefined || (manifests.state !== "fetched" && manifests.state !== "same")) return undefined;
  // Whoever suspended the source wants nothing new from the repository, and ends that himself.
  if (suspendedSource(context, undefined) && status.released !== undefined && status.released !== commit)
    return undefined;
  const tag = here.environment.tag ?? tagHere(context, commit);
  return tag === undefined
    ? undefined
    : { commit, tag, source: manifests.source, own: manifests.source === sourceNameOf(project, commit) };
}

/** The branch's, or that of the commit. */
function suspendedSource(
  { project, here }: EnvironmentContext,
  commit: string | undefined,
): ReasonParams["RolloutSuspended"] | undefined {
  const names = [sourceNameOf(project), sourceNameOf(project, commit)];
  const found = (here.sources.known ? here.sources.value : []).find(
    ({ name, suspended }) => suspended && names.includes(name),
  );
  return found && { kind: found.kind, by: holderOf(here, found, "spec.suspend").name };
}

function tagHere({ project, facts, status }: EnvironmentContext, commit: string): string | undefined {
  // What was given out for it once stays: the image of its own that comes later is the same, or it was not waited for.
  if (status.released === commit && status.pinnedTag === undefined) return status.tag;
  if (status.released === undefined && status.tag === tagOf(commit)) return status.tag;
  const image = imageOfCommit(project, facts, commit);
  // What ran once has its image still, whatever the registry is asked.
  const { deploys } = project.status;
  const before = deploys.findLast(
    (deploy) => deploy.sha === commit && deploy.state === "live" && runsOwnImage(deploy, deploys),
  )?.tag;
  return image ? tagOf(image.sha) : before;
}

function releasedBefore({ status, here }: EnvironmentContext): { tag: string; source: string } | undefined {
  // Of a project that the version before released: its Kustomization says which source it has.
  const source = status.source ?? (here.kustomization.known ? here.kustomization.value?.source : undefined);
  return status.tag === undefined || source === undefined ? undefined : { tag: status.tag, source };
}
