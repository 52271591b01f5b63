import { heldFrom } from "./held-from.ts";
import type { Identity } from "./identity.ts";
import type { Pod } from "./pod.ts";
import type { ReplicaSet } from "./replica-set.ts";
import type { WorkloadShape } from "./workload-shape.ts";

/** The pods of a workload that are to stay, and which of them are as far as it is to bring them. */
export function podsOf(
  shape: WorkloadShape,
  { uid, generation, annotations }: Identity,
  pods: readonly Pod[],
  replicaSets: readonly ReplicaSet[],
): (Pod & { current: boolean })[] {
  const { kind, spec, status } = shape;
  const standing = pods.filter(({ deleting }) => !deleting);
  // Its controller has not looked at this template yet: the revision that it names may be of the one before.
  const observed = status.observedGeneration >= generation;
  const isNewest = (pod: Pod) => observed || runsTemplate(pod, spec.template.spec);
  if (kind === "Deployment") {
    const sets = replicaSets.filter(({ owner }) => owner?.uid === uid);
    const newest = sets.find(({ revision }) => revision === annotations["deployment.kubernetes.io/revision"]);
    return standing
      .filter(({ owner }) => sets.some((set) => set.uid === owner?.uid))
      .map((pod) => ({ ...pod, current: pod.owner?.uid === newest?.uid && isNewest(pod) }));
  }
  return standing
    .filter(({ owner }) => owner?.uid === uid)
    .map((pod) => ({ ...pod, current: isHeld(pod) || (isOfRevision(pod) && (kind === "Job" || isNewest(pod))) }));

  function isHeld({ name }: Pod): boolean {
    const from = heldFrom(shape);
    return from > 0 && Number(/-(\d+)$/.exec(name)?.[1] ?? 0) - (spec.ordinals?.start ?? 0) < from;
  }

  function isOfRevision({ labels }: Pod): boolean {
    if (kind === "StatefulSet") return labels["controller-revision-hash"] === status.updateRevision;
    // https://kubernetes.io/docs/reference/labels-annotations-taints/ (pod-template-generation)
    if (kind === "DaemonSet")
      return labels["pod-template-generation"] === annotations["deprecated.daemonset.template.generation"];
    return true;
  }
}

function runsTemplate(pod: Pod, { containers, initContainers }: WorkloadShape["spec"]["template"]["spec"]): boolean {
  return [...initContainers, ...containers].every(({ name, image }) =>
    pod.containers.some((each) => each.name === name && each.image === image),
  );
}
