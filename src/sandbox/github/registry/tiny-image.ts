import { createHash } from "node:crypto";
import { buffer } from "node:stream/consumers";
import { gunzipSync, gzipSync } from "node:zlib";
import { pack } from "tar-stream";
import type { RuntimeFile } from "./runtime-files.ts";

export interface Image {
  layer: Uint8Array;
  layerType: string;
  config: Uint8Array;
}

export interface ImageFacts {
  project: string;
  repository: string;
  commit: string;
  source: string;
  created: string;
}

/** Read by the sandbox's kubelet: the image holds `/app/server.mjs`, which it really runs with Node. */
export const RUN_LABEL = "dev.slipway.sandbox/run";

/**
 * The image of a simulated build: a web server of a few lines that names its project and commit. With `runtime` it holds
 * Node too, for a real cluster; the simulated one has it.
 */
export async function tinyImage(facts: ImageFacts, runtime: RuntimeFile[] = []): Promise<Image> {
  const tar = pack();
  const time = { uid: 1000, gid: 1000, mtime: new Date(0) };
  tar.entry({ name: "app", type: "directory", mode: 0o755, ...time });
  tar.entry({ name: "app/server.mjs", mode: 0o644, ...time }, SERVER);
  tar.entry({ name: "app/project.json", mode: 0o644, ...time }, `${JSON.stringify(facts)}\n`);
  for (const { path, content } of runtime)
    tar.entry({ name: path, mode: 0o755, mtime: new Date(0) }, Buffer.from(content));
  tar.finalize();
  const layer = gzipSync(await buffer(tar), { level: runtime.length > 0 ? 1 : 6 });
  return withLayer(layer, ["node", "/app/server.mjs"], facts, { [RUN_LABEL]: "node" });
}

/** An image of one layer that was given, packed or not. */
export function withLayer(
  layer: Uint8Array,
  entrypoint: string[],
  facts: ImageFacts,
  labels: Record<string, string> = {},
): Image {
  const zipped = layer[0] === 0x1f && layer[1] === 0x8b;
  const diff = zipped ? gunzipSync(layer) : layer;
  const config = {
    created: facts.created,
    architecture: "amd64",
    os: "linux",
    config: {
      User: "1000",
      ExposedPorts: { "3000/tcp": {} },
      Env: [
        "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
        "PORT=3000",
        `COMMIT=${facts.commit}`,
        `PROJECT=${facts.project}`,
      ],
      Entrypoint: entrypoint,
      WorkingDir: "/app",
      Labels: {
        "org.opencontainers.image.source": facts.source,
        "org.opencontainers.image.revision": facts.commit,
        "org.opencontainers.image.title": facts.project,
        ...labels,
      },
    },
    rootfs: { type: "layers", diff_ids: [`sha256:${createHash("sha256").update(diff).digest("hex")}`] },
    history: [{ created: facts.created, created_by: "simulated build" }],
  };
  const layerType = `application/vnd.oci.image.layer.v1.tar${zipped ? "+gzip" : ""}`;
  return { layer, layerType, config: Buffer.from(JSON.stringify(config)) };
}

const SERVER = `import { readFileSync } from "node:fs";
import { createServer } from "node:http";

const facts = JSON.parse(readFileSync(new URL("project.json", import.meta.url), "utf8"));
const project = process.env.PROJECT ?? facts.project;
const commit = process.env.COMMIT ?? facts.commit;
const escape = (text) => String(text).replace(/[&<>"]/g, (c) => "&#" + c.charCodeAt(0) + ";");
const page = \`<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>\${escape(project)}</title>
<style>body{font:18px/1.5 system-ui;max-width:36rem;margin:15vh auto;padding:0 1rem;color-scheme:light dark}code{opacity:.7}</style>
<h1>\${escape(project)}</h1>
<p>It runs. Commit <code>\${escape(commit.slice(0, 12))}</code> of \${escape(facts.repository)}.</p>
</html>
\`;

const server = createServer((request, response) => {
  if (request.url === "/healthz") return response.writeHead(200, { "content-type": "text/plain" }).end("ok\\n");
  response.writeHead(200, { "content-type": "text/html; charset=utf-8" }).end(page);
});
server.listen(Number(process.env.PORT || 3000), process.env.HOST, () => console.log(\`\${project} listens on \${server.address().port}\`));
for (const signal of ["SIGTERM", "SIGINT"]) process.on(signal, () => server.close(() => process.exit(0)));
`;
