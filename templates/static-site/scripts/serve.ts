// To look at dist on this machine, as nginx.conf serves it from the image.
import { createReadStream, statSync } from "node:fs";
import { createServer, type ServerResponse } from "node:http";
import { extname, join, normalize } from "node:path";

const types: Record<string, string> = {
  ".css": "text/css; charset=utf-8",
  ".html": "text/html; charset=utf-8",
  ".ico": "image/x-icon",
  ".jpg": "image/jpeg",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json",
  ".png": "image/png",
  ".svg": "image/svg+xml",
  ".txt": "text/plain; charset=utf-8",
  ".webp": "image/webp",
  ".woff2": "font/woff2",
};

const port = Number(process.env.PORT ?? 8080);
const server = createServer((request, response) => {
  const { pathname } = new URL(request.url ?? "/", "http://localhost");
  if (pathname === "/healthz") return response.end("ok\n");
  const file = find(pathname);
  return file ? send(response, 200, file) : send(response, 404, "dist/404.html");
});

server.listen(port, () => console.log(`http://localhost:${port}`));
for (const signal of ["SIGTERM", "SIGINT"] as const) process.once(signal, () => server.close(() => process.exit(0)));

function find(pathname: string): string | undefined {
  let path: string;
  try {
    path = join("dist", normalize(`/${decodeURIComponent(pathname)}`));
  } catch {
    return undefined;
  }
  return [path, join(path, "index.html")].find((file) => statSync(file, { throwIfNoEntry: false })?.isFile());
}

function send(response: ServerResponse, status: number, file: string): void {
  response.writeHead(status, { "content-type": types[extname(file)] ?? "application/octet-stream" });
  createReadStream(file)
    .on("error", () => response.destroy())
    .pipe(response);
}
