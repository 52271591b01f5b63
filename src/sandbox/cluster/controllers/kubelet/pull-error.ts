import { STATUS_CODES } from "node:http";
import type { ImageReference } from "./image-reference.ts";
import type { RegistryRefusal } from "./registry-client.ts";

/**
 * What containerd says through the CRI when a pull fails, as the kubelet shows it: a code is told only where it is known.
 * https://github.com/containerd/containerd/blob/v1.7.28/remotes/docker/resolver.go, …/remotes/docker/authorizer.go, pull.go
 */
export function pullError(image: ImageReference, refusal: RegistryRefusal): string {
  const { full, registry, repository, reference } = image;
  const prefix = `failed to pull and unpack image "${full}": failed to resolve reference "${full}"`;
  const real = `https://${registry === "docker.io" ? "registry-1.docker.io" : registry}/v2/${repository}/manifests/${reference}`;
  // A mirror is told for whom it stands: https://github.com/containerd/containerd/blob/v1.7.28/docs/hosts.md
  const asked = refusal.url === "" ? real : `${refusal.url}?ns=${registry}`;
  const status = `${refusal.status} ${STATUS_CODES[refusal.status] ?? ""}`.trim();
  if (refusal.status === 0) {
    return `${prefix}: failed to do request: Head "${asked}": ${refusal.cause}`;
  }
  if (refusal.fromTokenService) {
    const scope = encodeURIComponent(`repository:${repository}:pull`);
    const token = `https://${registry}/token?scope=${scope}&service=${registry}`;
    return `${prefix}: failed to authorize: failed to fetch ${refusal.fromTokenService} token: unexpected status from GET request to ${token}: ${status}`;
  }
  switch (refusal.status) {
    case 404:
      return `rpc error: code = NotFound desc = ${prefix}: ${full}: not found`;
    case 401:
      return `${prefix}: pull access denied, repository does not exist or may require authorization: authorization failed: no basic auth credentials`;
    default:
      return `${prefix}: unexpected status from HEAD request to ${real}: ${status}`;
  }
}
