import type { IncomingMessage, ServerResponse } from "node:http";
import { callMethod } from "../api/call-method.ts";
import type { Slack } from "../model.ts";
import { useResponseUrl } from "../use-response-url.ts";
import type { Workspace } from "../workspace.ts";
import { readBody } from "./read-body.ts";
import { serveClient } from "./serve-client.ts";

interface Reply {
  status: number;
  headers?: Record<string, string>;
  body: unknown;
  /** What the console's list of calls shows; none for the people's own clients. */
  recorded?: { path: string; covered: boolean };
}

/** Every HTTP request to the sandbox's Slack. */
export async function serveRequest(
  slack: Slack,
  workspace: Workspace,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const started = performance.now();
  const reply = await answer(slack, workspace, request).catch((error: unknown): Reply => {
    // A fault of the emulator itself: seen in the console, and never taken for one of Slack's refusals.
    const reason = error instanceof Error ? error.message : String(error);
    return {
      status: 500,
      body: { ok: false, error: "internal_error", sandbox: reason },
      recorded: { path: request.url ?? "/", covered: true },
    };
  });
  response.writeHead(reply.status, { "content-type": "application/json; charset=utf-8", ...reply.headers });
  response.end(JSON.stringify(reply.body));
  if (reply.recorded === undefined) return;
  slack.world.record({
    at: slack.world.clock.now(),
    part: "slack",
    method: request.method ?? "POST",
    path: reply.recorded.path,
    status: reply.recorded.covered ? reply.status : 501,
    milliseconds: performance.now() - started,
    covered: reply.recorded.covered,
  });
}

async function answer(slack: Slack, workspace: Workspace, request: IncomingMessage): Promise<Reply> {
  const { pathname } = new URL(request.url ?? "/", "http://sandbox");
  const given = await readBody(request);
  if (pathname.startsWith("/api/")) {
    const name = pathname.slice("/api/".length);
    const bearer = /^Bearer\s+(.+)$/i.exec(request.headers.authorization ?? "")?.[1];
    const token = bearer ?? (typeof given.token === "string" ? given.token : undefined);
    const { status, headers, body, covered } = callMethod(slack, name, token, given);
    return { status, headers, body, recorded: { path: name, covered } };
  }
  if (pathname.startsWith("/client/")) return await serveClient(workspace, request.method ?? "GET", pathname, given);
  const used = useResponseUrl(slack, pathname, given);
  if (used !== undefined) return { ...used, recorded: { path: "response_url", covered: true } };
  return {
    status: 404,
    body: { ok: false, error: "not_found", sandbox: `The sandbox's Slack does not serve ${pathname}.` },
    recorded: { path: pathname, covered: false },
  };
}
