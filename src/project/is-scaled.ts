import type { Environment, EnvironmentStatus } from "./project.ts";

/**
 * Has the Project ever asked for another count than its repository was given? From then on it says how many, the first
 * count too. One that was launched by the version before counts as given what it asks for when it is first seen.
 */
export function isScaled({ replicas }: Environment, status: EnvironmentStatus | undefined): boolean {
  if (status?.scaledSince !== undefined) return true;
  return status?.launchedReplicas !== undefined && status.launchedReplicas !== replicas;
}
