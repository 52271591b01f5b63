import { join } from "node:path";
import type { KubeObject } from "../../store.ts";
import type { Cluster } from "../runtime/cluster.ts";
import { type ImageReference, parseImage } from "./image-reference.ts";
import { parsePod } from "./pod.ts";
import { pullCredentials } from "./pull-credentials.ts";
import { pullError } from "./pull-error.ts";
import { type Image, pullImage } from "./pull-image.ts";
import { unpackImage } from "./unpack-image.ts";

export interface NodeImage extends Image {
  /** The unpacked root file system, where the image is one that is really run. */
  root?: string;
}

export type Had = { ok: true; image: NodeImage } | { ok: false; message: string };

/** An image with this label is really run. */
const RUN_LABEL = "dev.slipway.sandbox/run";
const DIAL_TIMEOUT_MILLISECONDS = 30_000;

/** containerd's part of the kubelet: the images that the node has, and the way to get others. */
export interface NodeImages {
  has(image: string): NodeImage | undefined;
  pull(image: string, pod: KubeObject): Promise<Had>;
}

export function createNodeImages(
  cluster: Cluster,
  options: { mirrors: Record<string, string>; preloaded: readonly string[] },
): NodeImages {
  const images = new Map<string, NodeImage>(options.preloaded.map((name) => [parseImage(name).full, emptyImage(name)]));
  return {
    has: (image) => images.get(parseImage(image).full),
    pull: async (name, pod) => {
      const reference = parseImage(name);
      const cut = await cutOff(reference);
      if (cut !== undefined) {
        return { ok: false, message: cut };
      }
      const pulled = await pullImage(reference, {
        mirror: options.mirrors[reference.registry],
        credentials: pullCredentials(cluster.store, pod, parsePod(pod), reference.registry),
        signal: cluster.signal,
      });
      if (!pulled.ok) {
        return pulled;
      }
      const image: NodeImage = pulled.image;
      if (image.labels[RUN_LABEL] === "node") {
        try {
          image.root = await unpackImage(join(cluster.dataDir, "images"), image, pulled.layer);
        } catch (error) {
          const why = error instanceof Error ? error.message : String(error);
          return {
            ok: false,
            message: `failed to pull and unpack image "${reference.full}": failed to extract layer: ${why}`,
          };
        }
      }
      images.set(reference.full, image);
      return { ok: true, image };
    },
  };

  async function cutOff(reference: ImageReference): Promise<string | undefined> {
    const address = cluster.faults.cut.get(`${reference.registry}:443`);
    if (address === undefined) {
      return undefined;
    }
    await cluster.world.clock.sleep(DIAL_TIMEOUT_MILLISECONDS, cluster.signal);
    return pullError(reference, {
      status: 0,
      method: "HEAD",
      url: "",
      cause: `dial tcp ${address}: i/o timeout`,
      fromTokenService: false,
    });
  }
}

function emptyImage(name: string): NodeImage {
  return {
    digest: `sha256:${Buffer.from(name).toString("hex").padEnd(64, "0").slice(0, 64)}`,
    size: 0,
    labels: {},
    entrypoint: [],
    command: [],
    environment: [],
    exposedPorts: [],
    workingDirectory: "/",
    layers: [],
  };
}
