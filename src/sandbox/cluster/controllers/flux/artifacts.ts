/** Where the files of an artifact lie on this machine: what source-controller's storage is to kustomize-controller. */
export interface Artifacts {
  /** Directory of the artifact that `url` names. */
  directoryOf(url: string): string | undefined;
  keep(url: string, directory: string): void;
  /** Forgets every artifact of `namespace/name` but `except`. */
  forget(key: string, except?: string): string[];
}

export function createArtifacts(): Artifacts {
  const directories = new Map<string, string>();
  return {
    directoryOf: (url) => directories.get(url),
    keep: (url, directory) => {
      directories.set(url, directory);
    },
    forget: (key, except) => {
      const gone = [...directories].filter(([url]) => url.includes(`/gitrepository/${key}/`) && url !== except);
      for (const [url] of gone) {
        directories.delete(url);
      }
      return gone.map(([, directory]) => directory);
    },
  };
}
