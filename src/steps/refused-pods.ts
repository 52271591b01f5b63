import { conditionOf } from "../project/condition-of.ts";
import type { Finding } from "../project/finding.ts";
import type { KubeObject } from "../project/ports/cluster.ts";

/**
 * A Deployment that the API server takes, and whose pods it refuses: by the namespace's Pod Security level, its quota, or
 * an operator's policy. Other failures to make a pod end by themselves.
 * https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#failed-deployment
 */
export function refusedPods(deployment: KubeObject): Finding | undefined {
  const failure = conditionOf(deployment, "ReplicaFailure");
  if (failure?.status !== "True" || failure.stale) return undefined;
  const quota = failure.message.includes("exceeded quota");
  if (!quota && !/violates PodSecurity|denied (the )?request/.test(failure.message)) return undefined;
  const { name, namespace } = deployment.metadata;
  return {
    code: quota ? "quota-exceeded" : "pod-refused",
    severity: "fail",
    subject: `Deployment/${namespace}/${name}`,
    evidence: failure.message.slice(0, 300),
    seenFrom: "cluster",
    params: { deployment: name, namespace: namespace ?? "" },
    ...(failure.since ? { since: failure.since } : {}),
    remedies: ["retry"],
  };
}
