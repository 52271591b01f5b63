import type { PackageVersion } from "../state.ts";
import { DIGEST } from "./blob-store.ts";
import { packageOf } from "./package-of.ts";
import { putManifest } from "./put-manifest.ts";
import type { RegistryCall } from "./registry-call.ts";
import { refuseRegistry } from "./registry-error.ts";
import type { RegistryRoute } from "./registry-route.ts";

const MANIFEST = /^\/v2\/(.+)\/manifests\/([^/]+)$/;
const TAG = /^[a-zA-Z0-9_][a-zA-Z0-9._-]{0,127}$/;
const LARGEST = 4 * 1024 * 1024;

export const manifestRoutes: RegistryRoute[] = [
  { end: "end-3", method: "GET", path: MANIFEST, action: "pull", handle: get },
  { end: "end-3", method: "HEAD", path: MANIFEST, action: "pull", handle: get },
  { end: "end-7", method: "PUT", path: MANIFEST, action: "push", handle: put },
  { end: "end-8a", method: "GET", path: /^\/v2\/(.+)\/tags\/list$/, action: "pull", handle: listTags },
  { end: "end-9", method: "DELETE", path: MANIFEST, action: "delete", handle: remove },
  { end: "end-12a", method: "GET", path: /^\/v2\/(.+)\/referrers\/([^/]+)$/, action: "pull", handle: noReferrers },
];

function find(call: RegistryCall): PackageVersion {
  const versions = packageOf(call.hub.state, call.name)?.versions ?? [];
  const { reference } = call;
  const found = versions.find((version) =>
    DIGEST.test(reference) ? version.digest === reference : version.tags.includes(reference),
  );
  return found ?? refuseRegistry(404, "MANIFEST_UNKNOWN", "manifest unknown");
}

async function get(call: RegistryCall): Promise<void> {
  const version = find(call);
  const content = await call.blobs.readAll(version.digest);
  call.response.writeHead(200, {
    "content-type": version.mediaType,
    "content-length": content.length,
    "docker-content-digest": version.digest,
    etag: `"${version.digest}"`,
  });
  call.response.end(call.request.method === "HEAD" ? undefined : content);
}

async function put(call: RegistryCall): Promise<void> {
  const { hub, blobs, name, reference, principal } = call;
  if (!DIGEST.test(reference) && !TAG.test(reference))
    refuseRegistry(400, "TAG_INVALID", "manifest tag did not match URI");
  const content = await call.body();
  if (content.length > LARGEST) refuseRegistry(413, "SIZE_INVALID", "manifest too large");
  // What a workflow's token pushes belongs to its repository.
  const id = principal.kind === "installation" && principal.workflow ? principal.repositoryIds?.[0] : undefined;
  const repository = hub.state.repositories.find((one) => one.id === id) ?? null;
  const mediaType = call.request.headers["content-type"] ?? "application/vnd.oci.image.manifest.v1+json";
  const digest = await putManifest(hub, blobs, { name, reference, mediaType, content, repository, actor: call.actor });
  call.response
    .writeHead(201, {
      location: `/v2/${name}/manifests/${digest}`,
      "docker-content-digest": digest,
      "content-length": 0,
    })
    .end();
}

async function listTags(call: RegistryCall): Promise<void> {
  const known = packageOf(call.hub.state, call.name);
  if (!known) refuseRegistry(404, "NAME_UNKNOWN", "repository name not known to registry");
  const all = known.versions.flatMap((version) => version.tags).sort();
  const last = call.query.get("last");
  const after = last === null ? all : all.filter((tag) => tag > last);
  const limit = call.query.has("n") ? Number(call.query.get("n")) : after.length;
  const tags = after.slice(0, limit);
  const link: Record<string, string> =
    tags.length < after.length && tags.length > 0
      ? { link: `</v2/${call.name}/tags/list?n=${limit}&last=${tags.at(-1)}>; rel="next"` }
      : {};
  call.response
    .writeHead(200, { "content-type": "application/json", ...link })
    .end(JSON.stringify({ name: call.name, tags }));
}

async function remove(call: RegistryCall): Promise<void> {
  const version = find(call);
  const known = packageOf(call.hub.state, call.name);
  if (!known) return;
  if (DIGEST.test(call.reference)) known.versions = known.versions.filter((one) => one !== version);
  else version.tags = version.tags.filter((tag) => tag !== call.reference);
  call.response.writeHead(202, { "content-length": 0 }).end();
}

/** Nothing is ever attached to an image here, which is a true answer. */
async function noReferrers(call: RegistryCall): Promise<void> {
  const type = "application/vnd.oci.image.index.v1+json";
  call.response
    .writeHead(200, { "content-type": type })
    .end(JSON.stringify({ schemaVersion: 2, mediaType: type, manifests: [] }));
}
