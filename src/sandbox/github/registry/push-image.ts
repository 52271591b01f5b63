import type { Hub } from "../hub.ts";
import type { Repository } from "../state.ts";
import type { BlobStore } from "./blob-store.ts";
import { putManifest } from "./put-manifest.ts";
import type { Image } from "./tiny-image.ts";

const OCI_MANIFEST = "application/vnd.oci.image.manifest.v1+json";

/** Puts an image into the registry under its tags, as a push from a workflow does. Gives its digest. */
export async function pushImage(
  hub: Hub,
  blobs: BlobStore,
  image: Image,
  target: { name: string; tags: string[]; repository: Repository; actor: string },
): Promise<string> {
  const layer = await blobs.put(target.name, image.layer);
  const config = await blobs.put(target.name, image.config);
  const manifest = {
    schemaVersion: 2,
    mediaType: OCI_MANIFEST,
    config: { mediaType: "application/vnd.oci.image.config.v1+json", digest: config, size: image.config.length },
    layers: [{ mediaType: image.layerType, digest: layer, size: image.layer.length }],
  };
  const content = Buffer.from(JSON.stringify(manifest));
  let digest = "";
  for (const reference of target.tags) {
    digest = await putManifest(hub, blobs, { ...target, reference, mediaType: OCI_MANIFEST, content });
  }
  return digest;
}
