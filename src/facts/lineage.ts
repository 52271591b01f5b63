/** What came before a commit that has no image of its own. */
export interface Lineage {
  sha: string;
  /** Its nearest first-parent ancestor that has an image in the registry. */
  nearest: string | undefined;
  /** Since that one nothing has changed but manifests: there is nothing to build. */
  onlyManifests: boolean;
}

/** The directory of a repository that Flux applies; all else is built. */
export const MANIFESTS = "k8s";

export function isManifest(path: string): boolean {
  return path === MANIFESTS || path.startsWith(`${MANIFESTS}/`);
}
