import { createHash } from "node:crypto";

export interface Application {
  /** An uncompressed tar of its files. */
  layer: Buffer;
  entrypoint: string[];
  labels?: Record<string, string>;
}

const MANIFEST = "application/vnd.oci.image.manifest.v1+json";
const INDEX = "application/vnd.oci.image.index.v1+json";

/**
 * Pushes an image of one layer, below an index that names `architecture` if one is given.
 * https://github.com/opencontainers/distribution-spec/blob/v1.1.1/spec.md#push
 */
export async function pushImage(
  registry: { url: string; token: string },
  name: string,
  { layer, entrypoint, labels = {} }: Application,
  architecture?: string,
): Promise<void> {
  const [repository = "", tag = ""] = name.split(":");
  const scope = `repository:${repository}:pull,push`;
  const granted = await fetch(`${registry.url}/token?service=ghcr.io&scope=${encodeURIComponent(scope)}`, {
    headers: { authorization: `Basic ${Buffer.from(`ada:${registry.token}`).toString("base64")}` },
  });
  const { token } = (await granted.json()) as { token: string }; // the sandbox's own registry
  const put = async (method: string, path: string, body: Buffer, type: string) => {
    const headers = { authorization: `Bearer ${token}`, "content-type": type };
    const answer = await fetch(`${registry.url}/v2/${repository}/${path}`, { method, headers, body });
    if (answer.status !== 201) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
  };
  const digestOf = (bytes: Buffer) => `sha256:${createHash("sha256").update(bytes).digest("hex")}`;
  const blob = async (bytes: Buffer, mediaType: string) => {
    const digest = digestOf(bytes);
    await put("POST", `blobs/uploads/?digest=${digest}`, bytes, "application/octet-stream");
    return { mediaType, digest, size: bytes.length };
  };
  const json = (value: object) => Buffer.from(JSON.stringify(value));
  const layers = [await blob(layer, "application/vnd.oci.image.layer.v1.tar")];
  const config = await blob(
    json({
      architecture: architecture ?? "amd64",
      os: "linux",
      // Another image for another name, for a node tells of one by any of its names.
      config: {
        Entrypoint: entrypoint,
        ExposedPorts: { "3000/tcp": {} },
        Labels: { ...labels, "dev.slipway.contract/name": name },
      },
      rootfs: { type: "layers", diff_ids: [digestOf(layer)] },
    }),
    "application/vnd.oci.image.config.v1+json",
  );
  const manifest = json({ schemaVersion: 2, mediaType: MANIFEST, config, layers });
  if (architecture === undefined) return await put("PUT", `manifests/${tag}`, manifest, MANIFEST);
  const digest = digestOf(manifest);
  await put("PUT", `manifests/${digest}`, manifest, MANIFEST);
  const of = { mediaType: MANIFEST, digest, size: manifest.length, platform: { os: "linux", architecture } };
  await put("PUT", `manifests/${tag}`, json({ schemaVersion: 2, mediaType: INDEX, manifests: [of] }), INDEX);
}
