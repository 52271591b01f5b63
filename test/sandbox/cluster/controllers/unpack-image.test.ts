import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setImmediate } from "node:timers/promises";
import { pack } from "tar-stream";
import { expect, it } from "vitest";
import { unpackImage } from "../../../../src/sandbox/cluster/controllers/kubelet/unpack-image.ts";

it("two pods that ask for an image at once get the same whole root", async () => {
  const directory = await mkdtemp(join(tmpdir(), "unpack-"));
  const names = Array.from({ length: 20 }, (_, index) => `app/${index}.js`);
  const bytes = await tarOf(names);
  const image = {
    digest: "sha256:1234",
    size: bytes.length,
    labels: {},
    entrypoint: [],
    command: [],
    environment: [],
    exposedPorts: [],
    workingDirectory: "/",
    layers: [{ digest: "sha256:5678", mediaType: "application/vnd.oci.image.layer.v1.tar" }],
  };
  const layer = async () => {
    await setImmediate();
    return bytes;
  };
  try {
    const roots = await Promise.all(Array.from({ length: 4 }, () => unpackImage(directory, image, layer)));
    expect(new Set(roots).size).toBe(1);
    for (const name of names) expect(await readFile(join(roots[0] ?? "", name), "utf8")).toBe(name);
    expect(await readdir(directory)).toHaveLength(1);
  } finally {
    await rm(directory, { recursive: true });
  }
});

async function tarOf(names: string[]): Promise<Buffer> {
  const tar = pack();
  for (const name of names) tar.entry({ name }, name);
  tar.finalize();
  const chunks: Buffer[] = [];
  for await (const chunk of tar) if (chunk instanceof Uint8Array) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks);
}
