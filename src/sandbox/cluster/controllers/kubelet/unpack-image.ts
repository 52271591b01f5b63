import { mkdir, mkdtemp, rename, rm, stat, symlink, writeFile } from "node:fs/promises";
import { dirname, join, posix } from "node:path";
import { gunzipSync } from "node:zlib";
import { extract } from "tar-stream";
import type { Image } from "./pull-image.ts";

/**
 * Lays an image's layers out below `directory` and gives the root file system's path; done once for each digest.
 * Nothing is written outside of it: links that would lead out are left away.
 * https://github.com/opencontainers/image-spec/blob/v1.1.1/layer.md
 */
export async function unpackImage(
  directory: string,
  image: Image,
  layer: (digest: string) => Promise<Buffer | undefined>,
): Promise<string> {
  const root = join(directory, image.digest.replace(":", "-"));
  if (await exists(root)) {
    return root;
  }
  await mkdir(directory, { recursive: true });
  // Two pods may ask at once: each unpacks its own, and the first to end is the one that stays.
  const partial = await mkdtemp(`${root}.`);
  for (const { digest } of image.layers) {
    const bytes = await layer(digest);
    if (bytes === undefined) {
      throw new Error(`layer ${digest} is not in the registry`);
    }
    await unpackLayer(partial, bytes[0] === 0x1f && bytes[1] === 0x8b ? gunzipSync(bytes) : bytes);
  }
  try {
    await rename(partial, root);
  } catch (error) {
    await rm(partial, { recursive: true, force: true });
    if (!(await exists(root))) {
      throw error;
    }
  }
  return root;
}

async function unpackLayer(root: string, tar: Buffer): Promise<void> {
  const entries = extract();
  entries.end(tar);
  for await (const entry of entries) {
    const { name, type, mode = 0o644, linkname } = entry.header;
    // Resolved against /, so that `..` cannot leave the root.
    const path = join(root, posix.normalize(`/${name}`));
    const base = posix.basename(path);
    const bytes: Buffer[] = [];
    for await (const chunk of entry) {
      if (chunk instanceof Uint8Array) {
        bytes.push(Buffer.from(chunk));
      }
    }
    if (base.startsWith(".wh.")) {
      await rm(join(dirname(path), base.slice(4)), { recursive: true, force: true });
    } else if (type === "directory") {
      await mkdir(path, { recursive: true });
    } else if (type === "file") {
      await mkdir(dirname(path), { recursive: true });
      await rm(path, { recursive: true, force: true });
      await writeFile(path, Buffer.concat(bytes), { mode });
    } else if (type === "symlink" && linkname && staysInside(root, path, linkname)) {
      await mkdir(dirname(path), { recursive: true });
      await rm(path, { recursive: true, force: true });
      await symlink(linkname, path);
    }
  }
}

function staysInside(root: string, path: string, target: string): boolean {
  return !posix.isAbsolute(target) && join(dirname(path), target).startsWith(`${root}/`);
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
