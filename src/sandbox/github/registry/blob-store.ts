import { createHash, randomUUID } from "node:crypto";
import { createReadStream, createWriteStream } from "node:fs";
import { mkdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";

/** Content by digest on disk, each known to the repositories that pushed or mounted it. */
export interface BlobStore {
  size(repository: string, digest: string): Promise<number | null>;
  read(digest: string, range?: { start: number; end: number }): Readable;
  readAll(digest: string): Promise<Buffer>;
  put(repository: string, content: Uint8Array): Promise<string>;
  link(repository: string, digest: string): Promise<void>;
  unlink(repository: string, digest: string): Promise<boolean>;
  startUpload(): Promise<string>;
  /** The bytes received so far, or null for an unknown upload. */
  uploadSize(id: string): Promise<number | null>;
  append(id: string, content: Readable): Promise<void>;
  /** False when the content has another digest. */
  finish(id: string, repository: string, digest: string): Promise<boolean>;
  cancel(id: string): Promise<void>;
}

export const DIGEST = /^sha256:[0-9a-f]{64}$/;

export async function openBlobStore(directory: string): Promise<BlobStore> {
  const path = (digest: string) => join(directory, "blobs", digest.slice(7));
  const linkPath = (repository: string, digest: string) =>
    join(directory, "links", ...repository.split("/"), "_blobs", digest.slice(7));
  const uploadPath = (id: string) => join(directory, "uploads", id);
  await Promise.all(["blobs", "links", "uploads"].map((name) => mkdir(join(directory, name), { recursive: true })));

  async function link(repository: string, digest: string): Promise<void> {
    const at = linkPath(repository, digest);
    await mkdir(join(at, ".."), { recursive: true });
    await writeFile(at, "");
  }

  return {
    async size(repository, digest) {
      if (!DIGEST.test(digest) || (await sizeOf(linkPath(repository, digest))) === null) return null;
      return await sizeOf(path(digest));
    },
    read: (digest, range) => createReadStream(path(digest), range),
    readAll: async (digest) => await readFile(path(digest)),
    async put(repository, content) {
      const digest = `sha256:${createHash("sha256").update(content).digest("hex")}`;
      await writeFile(path(digest), content);
      await link(repository, digest);
      return digest;
    },
    link,
    async unlink(repository, digest) {
      const at = linkPath(repository, digest);
      if ((await sizeOf(at)) === null) return false;
      await rm(at);
      return true;
    },
    async startUpload() {
      const id = randomUUID();
      await writeFile(uploadPath(id), "");
      return id;
    },
    uploadSize: async (id) => (/^[0-9a-f-]{36}$/.test(id) ? await sizeOf(uploadPath(id)) : null),
    append: async (id, content) => await pipeline(content, createWriteStream(uploadPath(id), { flags: "a" })),
    async finish(id, repository, digest) {
      const hash = createHash("sha256");
      await pipeline(createReadStream(uploadPath(id)), hash);
      if (`sha256:${hash.digest("hex")}` !== digest) return false;
      await rename(uploadPath(id), path(digest));
      await link(repository, digest);
      return true;
    },
    cancel: async (id) => await rm(uploadPath(id), { force: true }),
  };
}

async function sizeOf(path: string): Promise<number | null> {
  return await stat(path).then(
    (stats) => stats.size,
    () => null,
  );
}
