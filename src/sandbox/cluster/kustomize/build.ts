import type { KubeObject } from "../store.ts";
import { buildKustomization } from "./build-kustomization.ts";
import { metadataOf, nameOf } from "./draft.ts";
import type { Files } from "./files.ts";
import { fixReferences } from "./fix-references.ts";
import { hashObject } from "./hash-object.ts";
import { type FluxFields, mergeFluxFields } from "./merge-flux-fields.ts";
import { withGeneratedKustomization } from "./with-generated-kustomization.ts";

export interface BuildOptions {
  /** How the artifact's root is called in messages, e.g. `/tmp/kustomization-2341987`. */
  root?: string;
  /** Fields of a Flux Kustomization, merged into the one that is built. */
  flux?: FluxFields;
}

/**
 * What `kustomize build <path>` gives. Throws Errors with kustomize's own words;
 * Flux puts `kustomize build failed: ` before them.
 */
export function build(files: Files, path: string, options: BuildOptions = {}): KubeObject[] {
  const flux = options.flux;
  const drafts = buildKustomization(
    {
      files: flux ? withGeneratedKustomization(files, path) : files,
      root: options.root ?? "/tmp/kustomization",
      override: flux ? (kustomization) => mergeFluxFields(kustomization, flux) : undefined,
    },
    path,
  );
  for (const draft of drafts) {
    if (draft.needsHash) {
      draft.names.push(nameOf(draft.object));
      metadataOf(draft.object).name = `${nameOf(draft.object)}-${hashObject(draft.object)}`;
    }
  }
  fixReferences(drafts);
  // Every object has passed parseObjects or was generated here: it has apiVersion, kind and a name.
  return drafts.map(({ object }) => object as unknown as KubeObject);
}
