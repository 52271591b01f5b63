import { subjectOf } from "../../facts/identity.ts";
import { type Lack, type Unschedulable, unschedulable } from "../../facts/unschedulable.ts";
import type { Workload } from "../../facts/workload.ts";
import type { Found, Rule } from "../rule.ts";
import { starterOf } from "../starter-of.ts";

/** Pods of before go and leave room, and autoscalers bring a node in a minute or two. */
const PATIENCE_MS = 90_000;

/** No node can run a pod. https://kubernetes.io/docs/concepts/scheduling-eviction/kube-scheduler/ */
export const podUnschedulable: Rule<"pod-unschedulable"> = {
  code: "pod-unschedulable",
  scope: "environment",
  severity: "fail",
  stage: "rollout",
  needs: ["workloads", "pods"],
  confirm: { looks: 2, milliseconds: PATIENCE_MS },
  explains: ["rollout-stuck", "flux-health-timeout", "http-404-no-route", "http-502-503-504"],
  remedies: ["check-again"],
  check: ({ here: { workloads } }) => {
    const all = (workloads.known ? workloads.value : []).flatMap(ofWorkload);
    // Runs of one CronJob are one.
    return [...new Map(all.map((found) => [found.subject, found])).values()];
  },
};

function ofWorkload(workload: Workload): Found<"pod-unschedulable">[] {
  const newest = workload.pods.filter(({ current }) => current);
  const [found] = newest.flatMap((pod) => {
    const why = unschedulable(pod);
    return why && !waitsForVolume(why) ? [{ pod, why }] : [];
  });
  if (!found) return [];
  const { pod, why } = found;
  const whose = starterOf(workload);
  return [
    {
      subject: subjectOf(whose),
      evidence: why.said.slice(0, 300),
      seenFrom: "cluster",
      ...(why.since && { since: why.since }),
      ...(whose.kind === "CronJob" && { aside: true as const }),
      params: {
        ...{ workload: whose.name, kind: whose.kind, namespace: workload.namespace, pod: pod.name },
        others: workload.pods.filter((each) => each !== pod && each.ready).length,
        nodes: why.nodes,
        ...why.lacks,
        taints: why.taints.join(", "),
        unnamed: why.others.join(", "),
      },
    },
  ];
}

/** One that is being made: no node is at fault. */
function waitsForVolume({ lacks, others }: Unschedulable): boolean {
  const kinds = Object.keys(lacks) as Lack[]; // Partial<Record<Lack, …>> has no others
  return others.length === 0 && kinds.length > 0 && kinds.every((kind) => kind === "volume");
}
