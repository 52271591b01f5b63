import type { Build } from "./build.ts";

/** What came before a commit that has no image of its own. */
export interface Lineage {
  sha: string;
  /** Its nearest first-parent ancestor that has an image in the registry. */
  nearest: string | undefined;
  /** Since that one, or since one after it for which there was nothing to build, only manifests have changed. */
  onlyManifests: boolean;
  /** What is still being built nearer than that one: its image is the nearest once it is there. */
  awaited?: Build;
}

/** The directory of a repository that Flux applies; all else is built. */
export const MANIFESTS = "k8s";

export function isManifest(path: string): boolean {
  return path === MANIFESTS || path.startsWith(`${MANIFESTS}/`);
}
