import { z } from "zod";
import type { ImageReference } from "./image-reference.ts";
import { pullError } from "./pull-error.ts";
import { type Credentials, createRegistryClient } from "./registry-client.ts";

export interface Image {
  /** Digest of the manifest. */
  digest: string;
  size: number;
  labels: Record<string, string>;
  entrypoint: string[];
  command: string[];
  environment: string[];
  exposedPorts: number[];
  workingDirectory: string;
  layers: { digest: string; mediaType: string }[];
}

export type Pulled =
  | { ok: true; image: Image; layer(digest: string): Promise<Buffer | undefined> }
  | { ok: false; message: string };

const Descriptor = z.looseObject({
  digest: z.string(),
  mediaType: z.string().default(""),
  size: z.number().default(0),
  platform: z.looseObject({ os: z.string(), architecture: z.string() }).optional(),
});
const Manifest = z.looseObject({ config: Descriptor, layers: z.array(Descriptor).default([]) });
const Index = z.looseObject({ manifests: z.array(Descriptor) });
const Config = z.looseObject({
  config: z
    .looseObject({
      Labels: z.record(z.string(), z.string()).nullish(),
      Entrypoint: z.array(z.string()).nullish(),
      Cmd: z.array(z.string()).nullish(),
      Env: z.array(z.string()).nullish(),
      ExposedPorts: z.record(z.string(), z.unknown()).nullish(),
      WorkingDir: z.string().nullish(),
    })
    .default({}),
});

const INDEXES = [
  "application/vnd.oci.image.index.v1+json",
  "application/vnd.docker.distribution.manifest.list.v2+json",
];
const MANIFESTS = [
  "application/vnd.oci.image.manifest.v1+json",
  "application/vnd.docker.distribution.manifest.v2+json",
];

/** Asks the mirror for an image as containerd would; failures are in containerd's words. */
export async function pullImage(
  reference: ImageReference,
  options: { mirror: string | undefined; credentials: Credentials | undefined; signal: AbortSignal },
): Promise<Pulled> {
  if (options.mirror === undefined) {
    const host = reference.registry === "docker.io" ? "registry-1.docker.io" : reference.registry;
    const cause = `dial tcp: lookup ${host}: no such host`;
    return {
      ok: false,
      message: pullError(reference, { status: 0, method: "HEAD", url: "", cause, fromTokenService: false }),
    };
  }
  const { repository } = reference;
  const client = createRegistryClient({ ...options, baseUrl: options.mirror, repository });
  let answer = await client.get(`manifests/${reference.reference}`, [...INDEXES, ...MANIFESTS]);
  if (!answer.ok) {
    return { ok: false, message: pullError(reference, answer.refusal) };
  }
  const digest = answer.digest ?? "";
  const index = Index.safeParse(JSON.parse(answer.body.toString("utf8")));
  if (index.success) {
    const fit = index.data.manifests.find(
      ({ platform }) => platform?.os === "linux" && platform.architecture === "amd64",
    );
    if (!fit) {
      const { full } = reference;
      const why = `no match for platform in manifest: not found`;
      return {
        ok: false,
        message: `rpc error: code = NotFound desc = failed to pull and unpack image "${full}": ${why}`,
      };
    }
    answer = await client.get(`manifests/${fit.digest}`, MANIFESTS);
    if (!answer.ok) {
      return { ok: false, message: pullError(reference, answer.refusal) };
    }
  }
  const manifest = Manifest.parse(JSON.parse(answer.body.toString("utf8")));
  const blob = await client.get(`blobs/${manifest.config.digest}`, ["*/*"]);
  if (!blob.ok) {
    return { ok: false, message: pullError(reference, blob.refusal) };
  }
  const { config } = Config.parse(JSON.parse(blob.body.toString("utf8")));
  return {
    ok: true,
    image: {
      digest,
      size: manifest.layers.reduce((sum, { size }) => sum + size, manifest.config.size),
      labels: config.Labels ?? {},
      entrypoint: config.Entrypoint ?? [],
      command: config.Cmd ?? [],
      environment: config.Env ?? [],
      exposedPorts: Object.keys(config.ExposedPorts ?? {}).map((port) => Number.parseInt(port, 10)),
      workingDirectory: config.WorkingDir || "/",
      layers: manifest.layers,
    },
    layer: async (wanted) => {
      const got = await client.get(`blobs/${wanted}`, ["*/*"]);
      return got.ok ? got.body : undefined;
    },
  };
}
