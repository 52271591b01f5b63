import type { EnvironmentFacts } from "../../facts/environment-facts.ts";
import { type Holder, holderOf } from "../../facts/holder-of.ts";
import { subjectOf } from "../../facts/identity.ts";
import { replicasGiven } from "../../facts/replicas-given.ts";
import type { Workload } from "../../facts/workload.ts";
import { workloadsApplied } from "../../facts/workloads-applied.ts";
import type { FindingParams } from "../../project/finding-params/index.ts";
import { objectName } from "../../project/object-name.ts";
import type { Found, Rule } from "../rule.ts";

const WHOSE: Record<Holder["whose"], FindingParams["replicas-overruled"]["whose"]> = {
  unread: "unread",
  nobody: "unsigned",
  flux: "overlay",
  autoscaler: "autoscaler",
  other: "hand",
};

/**
 * The Project's `replicas` was changed, Flux has applied that, and another count is asked for: the overlay has one in
 * `replicas`, which kustomize sets last; no workload has the project's name; or somebody changes it behind Flux's back.
 */
export const replicasOverruled: Rule<"replicas-overruled"> = {
  code: "replicas-overruled",
  scope: "environment",
  severity: "warn",
  needs: ["workloads", "kustomization"],
  // What is applied and what stands are read one after the other.
  confirm: { milliseconds: 20_000 },
  remedies: ["check-again"],
  check({ here, project }) {
    const wanted = replicasGiven(project, here);
    if (wanted === undefined || !isApplied(here)) return [];
    const scalable = workloadsApplied(here).filter(({ kind }) => kind === "Deployment" || kind === "StatefulSet");
    const name = objectName(project.metadata.name);
    const named = scalable.find((each) => each.name === name);
    // An overlay's prefix or suffix comes to the name after the count.
    if ((named ? [named] : scalable).some((each) => each.wanted === wanted)) return [];
    const params = { environment: here.environment.name, workload: name, wanted };
    return [named ? overruled(named, here, params) : unnamed(here, params)];
  },
};

/** Flux has looked at what it was given last, and applied it. What keeps it from that is another rule's. */
function isApplied({ kustomization }: EnvironmentFacts): boolean {
  const object = kustomization.known ? kustomization.value : undefined;
  return object?.observed === true && !object.suspended && !object.failure && object.inventory !== undefined;
}

/** What the Project says of its pods. */
type Given = Pick<FindingParams["replicas-overruled"], "environment" | "workload" | "wanted">;

function overruled(workload: Workload, here: EnvironmentFacts, params: Given): Found<"replicas-overruled"> {
  const { kind, namespace, name, wanted } = workload;
  const holder = holderOf(here, workload, "spec.replicas");
  return {
    subject: subjectOf(workload),
    evidence: `${kind} ${namespace}/${name}: spec.replicas is ${wanted}`,
    seenFrom: "cluster",
    params: {
      ...params,
      kind,
      namespace,
      count: wanted,
      by: holder.name,
      whose: WHOSE[holder.whose],
    },
  };
}

function unnamed({ environment, kustomization }: EnvironmentFacts, params: Given): Found<"replicas-overruled"> {
  const path = kustomization.known ? kustomization.value?.path : undefined;
  return {
    subject: `environment/${environment.name}`,
    evidence: `${path} has no Deployment or StatefulSet named ${params.workload}`,
    seenFrom: "cluster",
    params: { ...params, by: "", whose: "nobody" },
  };
}
