import type { Image, Kustomization, Patch } from "./parse-kustomization.ts";

/** What a Flux Kustomization's spec adds to the kustomization that it builds. */
export interface FluxFields {
  targetNamespace?: string;
  namePrefix?: string;
  nameSuffix?: string;
  patches?: Patch[];
  images?: Image[];
}

/** https://github.com/fluxcd/pkg/blob/kustomize/v1.22.0/kustomize/kustomize_generator.go (WriteFile) */
export function mergeFluxFields(kustomization: Kustomization, flux: FluxFields): Kustomization {
  const images = [...kustomization.images];
  for (const image of flux.images ?? []) {
    const at = images.findIndex((other) => other.name === image.name);
    images.splice(at < 0 ? images.length : at, at < 0 ? 0 : 1, image);
  }
  return {
    ...kustomization,
    namespace: flux.targetNamespace || kustomization.namespace,
    namePrefix: flux.namePrefix || kustomization.namePrefix,
    nameSuffix: flux.nameSuffix || kustomization.nameSuffix,
    patches: [...kustomization.patches, ...(flux.patches ?? [])],
    images,
  };
}
