import type { KubeObject } from "./ports/cluster.ts";
import type { Project } from "./project.ts";

export const PROJECT_LABEL = "slipway.dev/project";
/** Tells a project's objects from those of an earlier project of the same name. */
export const UID_ANNOTATION = "slipway.dev/project-uid";
const MANAGED_BY = { "app.kubernetes.io/managed-by": "slipway" } as const;

/** What everything made for a project carries. */
export function ownedBy(project: Project) {
  return {
    labels: { [PROJECT_LABEL]: project.metadata.name, ...MANAGED_BY },
    annotations: { [UID_ANNOTATION]: project.metadata.uid ?? "" },
  };
}

export function isOwnedBy(project: Project, object: KubeObject): boolean {
  return (
    object.metadata.labels?.[PROJECT_LABEL] === project.metadata.name &&
    object.metadata.annotations?.[UID_ANNOTATION] === project.metadata.uid
  );
}
