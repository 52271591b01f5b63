import { spawn } from "node:child_process";
import type { IncomingMessage, ServerResponse } from "node:http";
import { join } from "node:path";
import { type Hub, NO_COMMIT } from "../hub.ts";
import type { Principal } from "../principal.ts";
import type { Repository } from "../state.ts";
import { gitDirectory } from "./git-directory.ts";
import { readRefs } from "./read-refs.ts";
import { GIT_ENVIRONMENT } from "./run-git.ts";

/** Hands one request to the real `git http-backend`, and looks afterwards whether a push moved refs. */
export async function serveGit(
  hub: Hub,
  request: IncomingMessage,
  response: ServerResponse,
  target: { repository: Repository; service: string; query: string; principal: Principal; actor: string },
): Promise<void> {
  const directory = gitDirectory(hub, target.repository);
  const push = request.method === "POST" && target.service === "git-receive-pack";
  const before = push ? await readRefs(directory) : new Map<string, string>();
  await runBackend(hub, request, response, target);
  const after = push ? await readRefs(directory) : before;
  for (const ref of new Set([...before.keys(), ...after.keys()])) {
    const [old, now] = [before.get(ref) ?? NO_COMMIT, after.get(ref) ?? NO_COMMIT];
    if (old === now) continue;
    const byWorkflow = target.principal.kind === "installation" && target.principal.workflow;
    await hub.refChanged({
      repository: target.repository,
      ref,
      before: old,
      after: now,
      actor: target.actor,
      byWorkflow,
    });
  }
  response.end();
}

/** CGI as https://git-scm.com/docs/git-http-backend wants it. */
async function runBackend(
  hub: Hub,
  request: IncomingMessage,
  response: ServerResponse,
  target: { repository: Repository; service: string; query: string; actor: string },
): Promise<void> {
  const header = (name: string) => String(request.headers[name] ?? "");
  const child = spawn("git", ["http-backend"], {
    env: {
      ...GIT_ENVIRONMENT,
      GIT_PROJECT_ROOT: join(hub.dataDir, "git"),
      GIT_HTTP_EXPORT_ALL: "1",
      PATH_INFO: `/${target.repository.id}.git/${target.service}`,
      QUERY_STRING: target.query,
      REQUEST_METHOD: request.method ?? "GET",
      CONTENT_TYPE: header("content-type"),
      HTTP_CONTENT_ENCODING: header("content-encoding"),
      GIT_PROTOCOL: header("git-protocol"),
      REMOTE_USER: target.actor,
      REMOTE_ADDR: request.socket.remoteAddress ?? "",
      ...(request.headers["content-length"] ? { CONTENT_LENGTH: request.headers["content-length"] } : {}),
    },
    stdio: ["pipe", "pipe", "ignore"],
  });
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  child.on("error", reject);
  child.stdin.on("error", () => {});
  request.pipe(child.stdin);
  response.on("close", () => child.kill());
  let head = Buffer.alloc(0);
  let inBody = false;
  child.stdout.on("data", (chunk: Buffer) => {
    if (inBody) {
      response.write(chunk);
      return;
    }
    head = Buffer.concat([head, chunk]);
    const end = head.indexOf("\r\n\r\n");
    if (end < 0) return;
    inBody = true;
    writeCgiHead(response, head.subarray(0, end).toString());
    response.write(head.subarray(end + 4));
  });
  child.on("close", () => resolve());
  await promise;
  if (!inBody) response.writeHead(500);
}

function writeCgiHead(response: ServerResponse, text: string): void {
  let status = 200;
  for (const line of text.split("\r\n")) {
    const colon = line.indexOf(":");
    const [name, value] = [line.slice(0, colon), line.slice(colon + 1).trim()];
    if (name.toLowerCase() === "status") status = Number.parseInt(value, 10);
    else response.setHeader(name, value);
  }
  response.writeHead(status);
}
