import { z } from "zod";
import { findRepository } from "../find.ts";
import type { Hub } from "../hub.ts";
import type { Package, PackageVersion, Repository } from "../state.ts";
import { announcePackage } from "../webhooks/announce-package.ts";
import { type BlobStore, DIGEST } from "./blob-store.ts";
import { packageOf } from "./package-of.ts";
import { refuseRegistry } from "./registry-error.ts";

const descriptor = z.object({ digest: z.string().regex(DIGEST), size: z.number(), mediaType: z.string().optional() });
const manifest = z.object({
  mediaType: z.string().optional(),
  config: descriptor.optional(),
  layers: z.array(descriptor).optional(),
  manifests: z.array(descriptor).optional(),
  annotations: z.record(z.string(), z.string()).optional(),
});

/** Stores a manifest whose parts are all there, under a tag or by digest, and tells of it. Gives the digest. */
export async function putManifest(
  hub: Hub,
  blobs: BlobStore,
  put: {
    name: string;
    reference: string;
    mediaType: string;
    content: Buffer;
    repository: Repository | null;
    actor: string;
  },
): Promise<string> {
  const parsed = manifest.safeParse(parseJson(put.content));
  if (!parsed.success) refuseRegistry(400, "MANIFEST_INVALID", "manifest invalid");
  const { config, layers = [], manifests = [] } = parsed.data;
  for (const part of [...(config ? [config] : []), ...layers, ...manifests]) {
    if ((await blobs.size(put.name, part.digest)) === null)
      refuseRegistry(404, "MANIFEST_BLOB_UNKNOWN", `blob unknown to registry: ${part.digest}`);
  }
  const digest = await blobs.put(put.name, put.content);
  if (DIGEST.test(put.reference) && put.reference !== digest)
    refuseRegistry(400, "DIGEST_INVALID", "provided digest did not match uploaded content");
  const labels = config ? labelsOf(parseJson(await blobs.readAll(config.digest))) : {};
  const known = packageOf(hub.state, put.name) ?? createPackage(hub, put.name, put.repository ?? sourceOf(hub, labels));
  const version = addVersion(hub, known, { digest, mediaType: put.mediaType, size: put.content.length });
  const tag = DIGEST.test(put.reference) ? null : put.reference;
  if (tag) {
    for (const other of known.versions) other.tags = other.tags.filter((one) => one !== tag);
    version.tags.push(tag);
  }
  known.updatedAt = version.updatedAt = hub.now();
  await announcePackage(hub, known, version, { actor: put.actor, tag, labels, manifest: parsed.data });
  return digest;
}

function createPackage(hub: Hub, name: string, repository: Repository | null): Package {
  const [owner = "", ...rest] = name.split("/");
  const account = hub.state.accounts.find((one) => one.login.toLowerCase() === owner);
  if (!account) refuseRegistry(403, "DENIED", "permission_denied: create_package");
  const now = hub.now();
  const created: Package = {
    id: hub.nextId(),
    owner: account.login,
    name: rest.join("/"),
    // Packages start private whatever the repository is. https://docs.github.com/en/packages/learn-github-packages/configuring-a-packages-access-control-and-visibility
    visibility: "private",
    repositoryId: repository?.id ?? null,
    createdAt: now,
    updatedAt: now,
    versions: [],
  };
  hub.state.packages.push(created);
  return created;
}

function addVersion(
  hub: Hub,
  known: Package,
  content: Pick<PackageVersion, "digest" | "mediaType" | "size">,
): PackageVersion {
  const same = known.versions.find((version) => version.digest === content.digest);
  if (same) return Object.assign(same, content);
  const now = hub.now();
  const version: PackageVersion = { id: hub.nextId(), tags: [], createdAt: now, updatedAt: now, ...content };
  known.versions.unshift(version);
  return version;
}

const imageConfig = z.object({ config: z.object({ Labels: z.record(z.string(), z.string()).nullish() }).optional() });

function labelsOf(config: unknown): Record<string, string> {
  const parsed = imageConfig.safeParse(config);
  return (parsed.success && parsed.data.config?.Labels) || {};
}

/** https://docs.github.com/en/packages/learn-github-packages/connecting-a-repository-to-a-package */
function sourceOf(hub: Hub, labels: Record<string, string>): Repository | null {
  const [owner, name] = (labels["org.opencontainers.image.source"] ?? "").split("/").slice(-2);
  return owner && name ? findRepository(hub.state, owner, name) : null;
}

function parseJson(content: Buffer): unknown {
  try {
    return JSON.parse(content.toString());
  } catch {
    return null;
  }
}
