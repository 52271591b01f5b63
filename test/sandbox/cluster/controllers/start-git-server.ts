import { spawn } from "node:child_process";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";

export interface GitServer {
  url: string;
  close(): Promise<void>;
}

/**
 * Serves the repositories below `root` by the real `git http-backend`. `/auth/…` wants u:p;
 * `/nope/…` and `/forbidden/…` refuse as GitHub does.
 */
export async function startGitServer(root: string, at = { host: "127.0.0.1", port: 0 }): Promise<GitServer> {
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? "/", "http://git");
    const refusal = refuse(pathname, request.headers.authorization);
    if (refusal) {
      response.writeHead(refusal.status, { "content-type": "text/plain", "www-authenticate": 'Basic realm="GitHub"' });
      response.end(refusal.text);
      return;
    }
    serve(root, pathname.replace(/^\/auth/, ""), request, response);
  });
  await new Promise<void>((resolve) => server.listen(at.port, at.host, resolve));
  const address = server.address();
  return {
    url: `http://${at.host}:${typeof address === "object" && address ? address.port : 0}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function refuse(path: string, authorization: string | undefined): { status: number; text: string } | undefined {
  if (path.startsWith("/auth/") && authorization !== `Basic ${Buffer.from("u:p").toString("base64")}`) {
    return { status: 401, text: "Repository not found." };
  }
  if (path.startsWith("/forbidden/")) {
    return { status: 403, text: "Write access to repository not granted." };
  }
  return path.startsWith("/nope/") ? { status: 404, text: "Repository not found." } : undefined;
}

function serve(root: string, path: string, request: IncomingMessage, response: ServerResponse): void {
  const { search } = new URL(request.url ?? "/", "http://git");
  const child = spawn("git", ["http-backend"], {
    env: {
      PATH: process.env.PATH,
      GIT_PROJECT_ROOT: root,
      GIT_HTTP_EXPORT_ALL: "1",
      PATH_INFO: path,
      QUERY_STRING: search.slice(1),
      REQUEST_METHOD: request.method,
      CONTENT_TYPE: request.headers["content-type"] ?? "",
      GIT_PROTOCOL: String(request.headers["git-protocol"] ?? ""),
      HTTP_CONTENT_ENCODING: request.headers["content-encoding"] ?? "",
    },
    stdio: ["pipe", "pipe", "ignore"],
  });
  request.pipe(child.stdin);
  const chunks: Buffer[] = [];
  child.stdout.on("data", (chunk: Buffer) => chunks.push(chunk));
  child.stdout.on("end", () => {
    const answer = Buffer.concat(chunks);
    const at = answer.indexOf("\r\n\r\n");
    const headers = answer
      .subarray(0, at)
      .toString()
      .split("\r\n")
      .map((line): [string, string] => [line.slice(0, line.indexOf(":")), line.slice(line.indexOf(":") + 2)]);
    const status = headers.find(([name]) => name.toLowerCase() === "status");
    response.writeHead(status ? Number.parseInt(status[1], 10) : 200, Object.fromEntries(headers));
    response.end(answer.subarray(at + 4));
  });
}
