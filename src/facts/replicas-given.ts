import { isScaled } from "../project/is-scaled.ts";
import type { Project } from "../project/project.ts";
import type { EnvironmentFacts } from "./environment-facts.ts";

/** https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/ and https://keda.sh/docs/latest/concepts/scaling-deployments/ */
const AUTOSCALERS = ["HorizontalPodAutoscaler", "ScaledObject"];

/**
 * How many pods the Project gives to the workload of its name. Undefined: none, so that the repository says it, or an
 * autoscaler that the repository has, which would change it back each time.
 */
export function replicasGiven(
  { status }: Pick<Project, "status">,
  { environment, kustomization }: Pick<EnvironmentFacts, "environment" | "kustomization">,
): number | undefined {
  const remembered = status.environments.find(({ name }) => name === environment.name);
  if (!isScaled(environment, remembered)) return undefined;
  const applied = (kustomization.known && kustomization.value?.inventory) || [];
  return applied.some(({ kind }) => AUTOSCALERS.includes(kind)) ? undefined : environment.replicas;
}
