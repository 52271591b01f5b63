import { z } from "zod";
import { conditionOf } from "../project/condition-of.ts";
import type { Finding } from "../project/finding.ts";
import type { Outcome } from "../project/outcome.ts";
import type { KubeObject } from "../project/ports/cluster.ts";
import { Problem } from "../project/problem.ts";
import type { EnvironmentSnapshot } from "../project/snapshot.ts";
import { podTrouble } from "./pod-trouble.ts";
import { refusedPods } from "./refused-pods.ts";
import type { Step, StepContext } from "./step.ts";
import { STRANGER_MS, strangers } from "./strangers.ts";

const deployment = z.object({
  spec: z.object({
    replicas: z.number().default(1),
    template: z.object({ spec: z.object({ containers: z.array(z.object({ image: z.string() })) }) }),
  }),
  status: z
    .object({
      observedGeneration: z.number().default(0),
      updatedReplicas: z.number().default(0),
      readyReplicas: z.number().default(0),
      availableReplicas: z.number().default(0),
      replicas: z.number().default(0),
    })
    .prefault({}),
});

/** What Flux says of a Kustomization that no waiting mends. https://fluxcd.io/flux/components/kustomize/kustomizations/#failed-kustomization */
const FLUX_FAILURES: Record<string, string> = {
  BuildFailed: "flux-build-failed",
  ReconciliationFailed: "flux-apply-failed",
  HealthCheckFailed: "flux-health-timeout",
  ArtifactFailed: "flux-path-missing",
  PruneFailed: "flux-apply-failed",
};

/** Every Deployment of every environment runs the wanted image, whole. */
export const rollout: Step = {
  name: "rollout",
  stage: "rollout",
  after: ["release"],

  async ensure(context) {
    await replaceStrangers(context);
    const total = { ready: 0, wanted: 0, tag: "" };
    for (const each of context.snapshot.environments) {
      const outcome = rolledOut(context, each);
      if (outcome.state !== "done") return outcome;
      total.ready += Number(outcome.params?.ready ?? 0);
      total.wanted += Number(outcome.params?.wanted ?? 0);
      total.tag = String(outcome.params?.tag ?? "");
    }
    return { state: "done", reason: "RolloutDone", params: total };
  },
};

/**
 * Only for so long after a new tag: where no try has the Secret, a person must see it. Without the right to it (rights
 * from before it was needed) the pod waits out its back-off, and the doctor tells of the right.
 */
async function replaceStrangers({ project, snapshot, ports }: StepContext): Promise<void> {
  for (const at of snapshot.environments) {
    const { tag, tagSince } = project.status.environments.find(({ name }) => name === at.environment.name) ?? {};
    if (tag === undefined || tagSince === undefined) continue;
    if (snapshot.at.getTime() - Date.parse(tagSince) > STRANGER_MS) continue;
    for (const { ref, uid } of strangers(at, tag)) await ports.cluster.delete(ref, { uid }).catch(unlessForbidden);
  }
}

function unlessForbidden(error: unknown): void {
  if (!(error instanceof Problem && error.code === "rbac-missing")) throw error;
}

function rolledOut({ project, snapshot, retrying }: StepContext, at: EnvironmentSnapshot): Outcome {
  const { tag } = project.status.environments.find(({ name }) => name === at.environment.name) ?? {};
  if (tag === undefined) return { state: "waiting", reason: "RolloutWaitsForImage" };
  if (!at.deployments.known)
    return { state: "waiting", reason: "Unreadable", params: { detail: at.deployments.reason } };
  const ours = at.deployments.value.map((object) => ({ object, facts: deployment.safeParse(object) }));
  const carrying = ours.flatMap(({ object, facts }) =>
    facts.success && facts.data.spec.template.spec.containers.some(({ image }) => image.endsWith(`:${tag}`))
      ? [{ object, ...facts.data }]
      : [],
  );
  // Refused whatever the tag: while Flux waits for what it has applied of a commit to get ready, it sets no new tag.
  const refused = at.deployments.value.map(refusedPods).find((each) => each !== undefined);
  const trouble = retrying ? undefined : (podTrouble(at, tag, snapshot.at) ?? refused ?? fluxTrouble(at));
  const fetched = conditionOf(at.source.known ? at.source.value : undefined, "ArtifactInStorage")?.status === "True";
  if (carrying.length === 0 && !trouble && at.source.known && !fetched)
    return { state: "waiting", reason: "RolloutWaitsForSource" };
  if (carrying.length === 0)
    return trouble
      ? { state: "stalled", finding: trouble }
      : { state: "waiting", reason: "RolloutApplying", params: { tag } };
  const wanted = sum(carrying.map(({ spec }) => spec.replicas));
  const ready = sum(
    carrying.map(({ status, spec }) => Math.min(status.updatedReplicas, status.availableReplicas, spec.replicas)),
  );
  const settled = carrying.every(
    ({ object, status, spec }) =>
      status.observedGeneration >= (object.metadata.generation ?? 0) &&
      status.updatedReplicas >= spec.replicas &&
      status.availableReplicas >= spec.replicas &&
      status.replicas <= spec.replicas,
  );
  if (settled) return { state: "done", params: { ready, wanted, tag } };
  if (trouble) return { state: "stalled", finding: trouble };
  const stuck = carrying.map(({ object }) => stuckRollout(object, tag)).find((each) => each !== undefined);
  if (stuck) return { state: "stalled", finding: stuck };
  return { state: "waiting", reason: "RolloutProgressing", params: { ready, wanted, tag } };
}

/** Flux has given up on what it was told last; one that is looking again right now may yet succeed. */
function fluxTrouble(at: EnvironmentSnapshot): Finding | undefined {
  const kustomization = at.kustomization.known ? at.kustomization.value : undefined;
  const ready = conditionOf(kustomization, "Ready");
  if (!kustomization || !ready || ready.stale || ready.status !== "False") return undefined;
  if (conditionOf(kustomization, "Reconciling")?.status === "True" && ready.reason === "Progressing") return undefined;
  const code = FLUX_FAILURES[ready.reason];
  if (code === undefined || (code === "flux-path-missing" && !ready.message.includes("path not found")))
    return undefined;
  return {
    code,
    severity: "fail",
    subject: `Kustomization/${kustomization.metadata.namespace}/${kustomization.metadata.name}`,
    evidence: ready.message.slice(0, 300),
    seenFrom: "cluster",
    params: { environment: at.environment.name, path: `k8s/overlays/${at.environment.name}` },
    ...(ready.since ? { since: ready.since } : {}),
    remedies: ["retry"],
  };
}

function stuckRollout(object: KubeObject, tag: string): Finding | undefined {
  const progressing = conditionOf(object, "Progressing");
  if (progressing?.reason !== "ProgressDeadlineExceeded" || progressing.stale) return undefined;
  return {
    code: "rollout-stuck",
    severity: "fail",
    subject: `Deployment/${object.metadata.namespace}/${object.metadata.name}`,
    evidence: progressing.message,
    seenFrom: "cluster",
    params: { deployment: object.metadata.name, tag },
    remedies: ["retry"],
  };
}

function sum(numbers: number[]): number {
  return numbers.reduce((total, each) => total + each, 0);
}
