import type { KubeObject, Store } from "../../store.ts";
import { conditionOf } from "../runtime/conditions.ts";
import { ReconcileFailure } from "./failure.ts";
import { type Artifact, parseGitRepository } from "./git-repository.ts";
import { type Kustomization, parseFluxKustomization } from "./kustomization.ts";

/** https://github.com/fluxcd/kustomize-controller/blob/v1.7.3/main.go (requeue-dependency) */
const DEPENDENCY_MILLISECONDS = 30_000;

/** The source's artifact; throws the failure that its absence is. */
export function findArtifact(store: Store, object: KubeObject, { spec }: Kustomization): Artifact {
  const { kind, name, namespace = object.metadata.namespace ?? "" } = spec.sourceRef;
  if (kind !== "GitRepository") {
    throw new ReconcileFailure("ArtifactFailed", `source \`${name}\` kind '${kind}' not supported`);
  }
  const source = store.get({ apiVersion: "source.toolkit.fluxcd.io/v1", kind, namespace, name });
  if (!source) {
    throw new ReconcileFailure("ArtifactFailed", `GitRepository.source.toolkit.fluxcd.io "${name}" not found`, {
      told: false,
    });
  }
  const artifact = parseGitRepository(source).status.artifact;
  if (!artifact) {
    throw new ReconcileFailure("ArtifactFailed", "Source artifact not found, retrying in 30s", {
      retryAfter: DEPENDENCY_MILLISECONDS,
      told: false,
    });
  }
  return artifact;
}

/** https://github.com/fluxcd/kustomize-controller/blob/v1.7.3/internal/controller/kustomization_controller.go (checkDependencies) */
export function checkDependencies(
  store: Store,
  object: KubeObject,
  { spec }: Kustomization,
  revision: string,
): string | undefined {
  for (const { name, namespace = object.metadata.namespace ?? "" } of spec.dependsOn) {
    const found = store.get({ apiVersion: object.apiVersion, kind: "Kustomization", namespace, name });
    const dependency = `${namespace}/${name}`;
    if (!found) {
      return `dependency '${dependency}' not found: Kustomization.kustomize.toolkit.fluxcd.io "${name}" not found`;
    }
    const parsed = parseFluxKustomization(found);
    if (
      parsed.status.observedGeneration !== found.metadata.generation ||
      conditionOf(found, "Ready")?.status !== "True"
    ) {
      return `dependency '${dependency}' is not ready`;
    }
    const sameSource =
      parsed.spec.sourceRef.name === spec.sourceRef.name && parsed.spec.sourceRef.kind === spec.sourceRef.kind;
    if (sameSource && parsed.status.lastAppliedRevision !== revision) {
      return `dependency '${dependency}' revision is not up to date`;
    }
  }
  return undefined;
}
