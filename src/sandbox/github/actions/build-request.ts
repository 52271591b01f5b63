export interface BuildRequest {
  tags: string[];
  push: boolean;
  folder: string;
  dockerfile: string | null;
  /** The building has been told already; only the push is left. */
  built?: boolean;
}

export interface OwnImage {
  /** As the workflow names it. */
  image: string;
  /** The repository in the registry. */
  name: string;
  tag: string;
}
