import type { Registry } from "../project/ports/registry.ts";
import { Problem } from "../project/problem.ts";
import { fetchRegistry, type RegistryCredential } from "./fetch-registry.ts";

export interface RegistrySettings {
  /** As in images' names: `ghcr.io`. */
  host: string;
  /** Where it answers, when not at `https://<host>`. */
  apiUrl?: string;
  credential?: RegistryCredential | (() => Promise<RegistryCredential & { expiresAt?: Date }>);
  clock: { now(): Date };
}

/**
 * So long an image that was found is taken to be there still. Each question is three requests, and while a project is
 * troubled it is looked at each twenty seconds.
 */
const FOUND_MS = 120_000;
/** Images remembered; the oldest go. */
const KEPT = 5_000;

/** What a manifest may be; without them a registry says 404 of an image it has in another form. https://github.com/opencontainers/image-spec/blob/main/media-types.md */
const MANIFESTS = [
  "application/vnd.oci.image.index.v1+json",
  "application/vnd.oci.image.manifest.v1+json",
  "application/vnd.docker.distribution.manifest.list.v2+json",
  "application/vnd.docker.distribution.manifest.v2+json",
].join(", ");

/**
 * A small client of the OCI distribution API (https://github.com/opencontainers/distribution-spec/blob/main/spec.md):
 * the packages on npm are either for one vendor or no longer kept.
 */
export function createRegistry(settings: RegistrySettings): Registry {
  const apiUrl = (settings.apiUrl ?? `https://${settings.host}`).replace(/\/$/, "");
  const credentialNow = async () =>
    typeof settings.credential === "function" ? await settings.credential() : settings.credential;

  /** By image and tag, when each was found, in milliseconds. */
  const found = new Map<string, number>();

  /** Why an answer is no answer. */
  function problemOf(answer: Response, reference: string, asked: string): Problem {
    const evidence = `${asked}: ${answer.status} ${answer.statusText}`.trim();
    // Not `image`: by that the catalogue's words know a node's own pull from our look at the registry.
    const params = { host: settings.host, reference };
    if (answer.status === 401 || answer.status === 403) {
      return new Problem("image-unauthorized", { destiny: { kind: "person" }, params, evidence });
    }
    if (answer.status === 429) {
      const seconds = Number(answer.headers.get("retry-after")) || 60;
      const until = new Date(settings.clock.now().getTime() + seconds * 1000);
      return new Problem("image-registry-unreachable", { destiny: { kind: "wait", until }, params, evidence });
    }
    return new Problem("image-registry-unreachable", { params, evidence });
  }

  return {
    async check() {
      // https://github.com/opencontainers/distribution-spec/blob/main/spec.md#determining-support
      const answer = await fetchRegistry(`${apiUrl}/v2/`, {
        method: "GET",
        headers: {},
        scope: undefined,
        credential: await credentialNow(),
        host: settings.host,
      });
      await answer.body?.cancel();
      if (!answer.ok) throw problemOf(answer, settings.host, `GET ${settings.host}/v2/`);
    },

    async has(image, tag) {
      const name = `${image}:${tag}`;
      const asked = settings.clock.now().getTime();
      if (asked - (found.get(name) ?? Number.NEGATIVE_INFINITY) < FOUND_MS) return true;
      found.delete(name);
      const path = image.startsWith(`${settings.host}/`) ? image.slice(settings.host.length + 1) : image;
      const url = `${apiUrl}/v2/${path}/manifests/${encodeURIComponent(tag)}`;
      const answer = await fetchRegistry(url, {
        method: "HEAD",
        headers: { accept: MANIFESTS },
        scope: `repository:${path}:pull`,
        credential: await credentialNow(),
        host: settings.host,
      });
      if (answer.ok) {
        found.set(name, asked);
        const oldest = found.keys().next();
        if (found.size > KEPT && !oldest.done) found.delete(oldest.value);
        return true;
      }
      if (answer.status === 404) return false;
      const reference = `${settings.host}/${path}:${tag}`;
      throw problemOf(answer, reference, `HEAD ${reference}`);
    },

    forget(image) {
      if (image === undefined) found.clear();
      else for (const name of found.keys()) if (name.startsWith(`${image}:`)) found.delete(name);
    },

    async pullCredential() {
      const credential = await credentialNow();
      return credential ? { host: settings.host, ...credential } : undefined;
    },
  };
}
