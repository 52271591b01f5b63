export interface ImageReference {
  registry: string;
  repository: string;
  /** Tag or digest, as the registry's API takes it. */
  reference: string;
  /** The full name, tag included. */
  full: string;
}

/** https://github.com/distribution/reference/blob/v0.6.0/normalize.go */
export function parseImage(image: string): ImageReference {
  const [first = ""] = image.split("/");
  const hasHost = image.includes("/") && (/[.:]/.test(first) || first === "localhost");
  const registry = hasHost ? first : "docker.io";
  const path = hasHost ? image.slice(first.length + 1) : image;
  const [named = "", digest] = path.split("@");
  const colon = named.lastIndexOf(":");
  const bare = colon > named.lastIndexOf("/") ? named.slice(0, colon) : named;
  const tag = colon > named.lastIndexOf("/") ? named.slice(colon + 1) : "latest";
  const repository = registry === "docker.io" && !bare.includes("/") ? `library/${bare}` : bare;
  const reference = digest ?? tag;
  return { registry, repository, reference, full: `${registry}/${repository}${digest ? `@${digest}` : `:${tag}`}` };
}
