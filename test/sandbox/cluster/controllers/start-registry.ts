import { createHash } from "node:crypto";
import { createServer } from "node:http";
import { tarOf } from "./tar-of.ts";

export interface TestRegistry {
  url: string;
  /** Puts an image there whose one layer has `files`; it is really run. */
  push(name: string, files: Record<string, string>, options?: { run?: boolean }): Promise<void>;
  close(): Promise<void>;
}

/** A registry in memory, with token authentication if `login` is given. */
export async function startRegistry(login?: { username: string; password: string }): Promise<TestRegistry> {
  const blobs = new Map<string, Buffer>();
  const tags = new Map<string, string>();
  const basic = login && `Basic ${Buffer.from(`${login.username}:${login.password}`).toString("base64")}`;
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? "/", "http://registry");
    if (url.pathname === "/token") {
      const allowed = request.headers.authorization === basic;
      response.writeHead(allowed ? 200 : request.headers.authorization ? 401 : 403, {
        "content-type": "application/json",
      });
      response.end(allowed ? JSON.stringify({ token: "let-in" }) : "{}");
      return;
    }
    if (basic && request.headers.authorization !== "Bearer let-in") {
      const { host } = request.headers;
      response.writeHead(401, { "www-authenticate": `Bearer realm="http://${host}/token",service="ghcr.io"` });
      response.end();
      return;
    }
    const [, name, kind, reference = ""] = /^\/v2\/(.+)\/(manifests|blobs)\/([^/]+)$/.exec(url.pathname) ?? [];
    const digest = kind === "manifests" ? (tags.get(`${name}:${reference}`) ?? reference) : reference;
    const bytes = blobs.get(digest);
    response.writeHead(bytes ? 200 : 404, {
      "content-type": kind === "manifests" ? "application/vnd.oci.image.manifest.v1+json" : "application/octet-stream",
      "docker-content-digest": digest,
    });
    response.end(bytes);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const put = (bytes: Buffer) => {
    const digest = `sha256:${createHash("sha256").update(bytes).digest("hex")}`;
    blobs.set(digest, bytes);
    return { digest, size: bytes.length };
  };
  return {
    url: `http://127.0.0.1:${typeof address === "object" && address ? address.port : 0}`,
    push: async (name, files, { run = true } = {}) => {
      const layer = put(await tarOf(files));
      const config = put(
        Buffer.from(
          JSON.stringify({
            config: {
              Labels: run ? { "dev.slipway.sandbox/run": "node" } : {},
              Entrypoint: ["node", "/app/server.js"],
              ExposedPorts: { "3000/tcp": {} },
              WorkingDir: "/app",
            },
          }),
        ),
      );
      const manifest = put(
        Buffer.from(
          JSON.stringify({
            schemaVersion: 2,
            config: { ...config, mediaType: "application/vnd.oci.image.config.v1+json" },
            layers: [{ ...layer, mediaType: "application/vnd.oci.image.layer.v1.tar" }],
          }),
        ),
      );
      tags.set(name, manifest.digest);
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
