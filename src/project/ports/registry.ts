/** The image registry, asked by the OCI distribution API. Implemented in src/github/create-registry.ts. */
export interface Registry {
  /** Rejects where it does not answer, or refuses the pull credentials. */
  check(): Promise<void>;
  /** HEAD of the manifest of `image` (`ghcr.io/acme/rrr`) at `tag`, with the pull credentials. That it is there is remembered for two minutes. */
  has(image: string, tag: string): Promise<boolean>;
  /** Something may have happened to the image, or, where none is named, to any. */
  forget(image?: string): void;
  /** What a node needs to pull; `undefined`: none configured, images must be public. */
  pullCredential(): Promise<{ host: string; username: string; password: string; expiresAt?: Date } | undefined>;
}
