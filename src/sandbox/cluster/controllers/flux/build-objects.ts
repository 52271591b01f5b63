import { build } from "../../kustomize/build.ts";
import { resolvePath } from "../../kustomize/resolve-path.ts";
import type { KubeObject } from "../../store.ts";
import { diskFiles } from "./disk-files.ts";
import { ReconcileFailure } from "./failure.ts";
import type { Kustomization } from "./kustomization.ts";

/** What the Kustomization's path holds at the artifact in `directory`, its own fields merged in. */
export function buildObjects(
  object: KubeObject,
  { spec }: Kustomization,
  directory: string,
  temporary: string,
): KubeObject[] {
  const files = diskFiles(directory);
  const path = resolvePath(".", spec.path);
  let objects: KubeObject[];
  try {
    objects = build(files, path, {
      root: temporary,
      flux: {
        targetNamespace: spec.targetNamespace,
        namePrefix: spec.namePrefix,
        nameSuffix: spec.nameSuffix,
        patches: spec.patches,
        images: spec.images,
      },
    });
  } catch (error) {
    throw new ReconcileFailure(
      "BuildFailed",
      `kustomize build failed: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
  return objects.map((built) => ({
    ...built,
    metadata: {
      ...built.metadata,
      labels: {
        ...built.metadata.labels,
        ...spec.commonMetadata?.labels,
        "kustomize.toolkit.fluxcd.io/name": object.metadata.name,
        "kustomize.toolkit.fluxcd.io/namespace": object.metadata.namespace ?? "",
      },
      ...(spec.commonMetadata
        ? { annotations: { ...built.metadata.annotations, ...spec.commonMetadata.annotations } }
        : {}),
    },
  }));
}

/** Throws if the artifact has not the Kustomization's path. */
export function checkPath({ spec }: Kustomization, directory: string, temporary: string): void {
  const path = resolvePath(".", spec.path);
  if (!diskFiles(directory).isDirectory(path)) {
    throw new ReconcileFailure(
      "ArtifactFailed",
      `kustomization path not found: stat ${resolvePath(temporary, path)}: no such file or directory`,
    );
  }
}
