import type { KubeObject } from "../../store.ts";
import { at, listAt } from "../at.ts";
import type { ClusterStore } from "../cluster-store.ts";
import { isObject } from "../is-object.ts";

/** Tells in a definition's status that its kinds are served: `kubectl wait --for=condition=Established crd/…` reads it. */
export function establish(store: ClusterStore, definition: KubeObject): void {
  const names = at(definition, "spec.names");
  const stored = listAt(definition, "spec.versions").filter((version) => version.storage === true);
  const { apiVersion, kind, metadata } = definition;
  const since = listAt(definition, "status.conditions").find(({ type }) => type === "Established")?.lastTransitionTime;
  const condition = (type: string, reason: string, message: string) => ({
    lastTransitionTime: since ?? metadata.creationTimestamp,
    message,
    reason,
    status: "True",
    type,
  });
  store.updateStatus(
    { apiVersion, kind, name: metadata.name },
    {
      acceptedNames: isObject(names) ? names : {},
      conditions: [
        condition("NamesAccepted", "NoConflicts", "no conflicts found"),
        condition("Established", "InitialNamesAccepted", "the initial names have been accepted"),
      ],
      storedVersions: stored.map(({ name }) => name),
    },
  );
}
