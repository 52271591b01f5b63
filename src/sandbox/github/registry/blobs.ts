import { pipeline } from "node:stream/promises";
import { DIGEST } from "./blob-store.ts";
import { denial } from "./grant.ts";
import type { RegistryCall } from "./registry-call.ts";
import { refuseRegistry } from "./registry-error.ts";
import type { RegistryRoute } from "./registry-route.ts";

const BLOB = /^\/v2\/(.+)\/blobs\/([^/]+:[^/]+)$/;
const UPLOADS = /^\/v2\/(.+)\/blobs\/uploads\/?$/;
const UPLOAD = /^\/v2\/(.+)\/blobs\/uploads\/([^/]+)$/;

export const blobRoutes: RegistryRoute[] = [
  { end: "end-2", method: "GET", path: BLOB, action: "pull", handle: get },
  { end: "end-2", method: "HEAD", path: BLOB, action: "pull", handle: get },
  { end: "end-4a", method: "POST", path: UPLOADS, action: "push", handle: start },
  { end: "end-5", method: "PATCH", path: UPLOAD, action: "push", handle: append },
  { end: "end-6", method: "PUT", path: UPLOAD, action: "push", handle: finish },
  { end: "end-13", method: "GET", path: UPLOAD, action: "push", handle: status },
  { end: "end-14", method: "DELETE", path: UPLOAD, action: "push", handle: cancel },
  { end: "end-10", method: "DELETE", path: BLOB, action: "delete", handle: remove },
];

async function get(call: RegistryCall): Promise<void> {
  const { blobs, name, reference, request, response } = call;
  const size = await blobs.size(name, reference);
  if (size === null) refuseRegistry(404, "BLOB_UNKNOWN", "blob unknown to registry");
  const range = rangeOf(request.headers.range, size);
  if (range === "outside")
    refuseRegistry(416, "SIZE_INVALID", "requested range not satisfiable", { "content-range": `bytes */${size}` });
  response.writeHead(range ? 206 : 200, {
    "content-type": "application/octet-stream",
    "content-length": range ? range.end - range.start + 1 : size,
    "docker-content-digest": reference,
    "accept-ranges": "bytes",
    ...(range ? { "content-range": `bytes ${range.start}-${range.end}/${size}` } : {}),
  });
  if (request.method === "HEAD") response.end();
  // Who goes away in the middle has had what they wanted.
  else await pipeline(blobs.read(reference, range ?? undefined), response).catch(() => {});
}

function rangeOf(header: string | undefined, size: number): { start: number; end: number } | "outside" | null {
  const match = /^bytes=(\d+)-(\d*)$/.exec(header ?? "");
  if (!match) return null;
  const start = Number(match[1]);
  const end = match[2] ? Math.min(Number(match[2]), size - 1) : size - 1;
  return start > end ? "outside" : { start, end };
}

async function start(call: RegistryCall): Promise<void> {
  const { blobs, name, query, response } = call;
  const [mount, from] = [query.get("mount"), query.get("from")];
  if (
    mount &&
    from &&
    (await blobs.size(from, mount)) !== null &&
    denial(call.hub, call.principal, from, "pull") === null
  ) {
    await blobs.link(name, mount);
    created(call, mount);
    return;
  }
  const id = await blobs.startUpload();
  const digest = query.get("digest");
  if (digest) {
    await blobs.append(id, call.request);
    await complete(call, id, digest);
    return;
  }
  response
    .writeHead(202, {
      location: `/v2/${name}/blobs/uploads/${id}`,
      range: "0-0",
      "docker-upload-uuid": id,
      "content-length": 0,
    })
    .end();
}

async function append(call: RegistryCall): Promise<void> {
  const size = await sizeOf(call);
  const from = /^(\d+)-\d+$/.exec(call.request.headers["content-range"] ?? "")?.[1];
  if (from !== undefined && Number(from) !== size) {
    refuseRegistry(416, "BLOB_UPLOAD_INVALID", "chunk out of order", {
      range: `0-${Math.max(0, size - 1)}`,
      location: here(call),
    });
  }
  await call.blobs.append(call.reference, call.request);
  const now = await sizeOf(call);
  call.response
    .writeHead(202, {
      location: here(call),
      range: `0-${Math.max(0, now - 1)}`,
      "docker-upload-uuid": call.reference,
      "content-length": 0,
    })
    .end();
}

async function finish(call: RegistryCall): Promise<void> {
  await sizeOf(call);
  await call.blobs.append(call.reference, call.request);
  await complete(call, call.reference, call.query.get("digest") ?? "");
}

async function complete(call: RegistryCall, id: string, digest: string): Promise<void> {
  if (!DIGEST.test(digest) || !(await call.blobs.finish(id, call.name, digest))) {
    refuseRegistry(400, "DIGEST_INVALID", "provided digest did not match uploaded content");
  }
  created(call, digest);
}

async function status(call: RegistryCall): Promise<void> {
  const size = await sizeOf(call);
  call.response
    .writeHead(204, { location: here(call), range: `0-${Math.max(0, size - 1)}`, "docker-upload-uuid": call.reference })
    .end();
}

async function cancel(call: RegistryCall): Promise<void> {
  await sizeOf(call);
  await call.blobs.cancel(call.reference);
  call.response.writeHead(204).end();
}

async function remove(call: RegistryCall): Promise<void> {
  if (!(await call.blobs.unlink(call.name, call.reference)))
    refuseRegistry(404, "BLOB_UNKNOWN", "blob unknown to registry");
  call.response.writeHead(202, { "content-length": 0 }).end();
}

async function sizeOf(call: RegistryCall): Promise<number> {
  return (
    (await call.blobs.uploadSize(call.reference)) ??
    refuseRegistry(404, "BLOB_UPLOAD_UNKNOWN", "blob upload unknown to registry")
  );
}

function here(call: RegistryCall): string {
  return `/v2/${call.name}/blobs/uploads/${call.reference}`;
}

function created(call: RegistryCall, digest: string): void {
  call.response
    .writeHead(201, {
      location: `/v2/${call.name}/blobs/${digest}`,
      "docker-content-digest": digest,
      "content-length": 0,
    })
    .end();
}
