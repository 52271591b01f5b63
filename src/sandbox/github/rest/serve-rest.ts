import { createHash } from "node:crypto";
import type { z } from "zod";
import { authenticate } from "../authenticate.ts";
import { findRepository } from "../find.ts";
import type { Hub } from "../hub.ts";
import { may, maySee } from "../permit.ts";
import type { Principal } from "../principal.ts";
import type { Repository } from "../state.ts";
import type { Answer } from "./answer.ts";
import { createMatcher } from "./match-route.ts";
import { type RateLimits, rateLimit } from "./rate-limit.ts";
import { isRefusal, notFound, refuse } from "./refuse.ts";
import { refuseArchived } from "./refuse-archived.ts";
import { resolvePath } from "./resolve-path.ts";
import type { Call, Route } from "./route.ts";
import { routes } from "./routes.ts";

export interface RestRequest {
  method: string;
  /** Without /api/v3. */
  path: string;
  query: URLSearchParams;
  headers: Record<string, string | undefined>;
  body: string;
}

export interface RestResponse {
  status: number;
  headers: Record<string, string>;
  body: string;
  covered: boolean;
}

/** Answers REST calls, and never throws: what goes wrong inside is GitHub's 500. */
export function createRest(hub: Hub, limits: RateLimits): (request: RestRequest) => Promise<RestResponse> {
  const match = createMatcher(routes);
  return async (request) => {
    let covered = true;
    let answer: Answer;
    let limitHeaders: Record<string, string> = {};
    try {
      const principal = authenticate(hub, request.headers.authorization);
      if (!principal) refuse(401, "Bad credentials");
      const limit = rateLimit(hub, limits, principal, request);
      limitHeaders = limit.headers;
      if (limit.refused) limit.refused();
      const path = resolvePath(hub, principal, request);
      const found = match(request.method === "HEAD" ? "GET" : request.method, path);
      if (!found && path.startsWith("/repositories/")) notFound();
      if (!found) {
        covered = false;
        return notCovered(request);
      }
      answer = await found.route.handle(prepare(hub, request, principal, found));
      const etag = request.method === "GET" && answer.status === 200 ? etagOf(answer.body) : null;
      if (etag && matches(request.headers["if-none-match"], etag)) {
        limitHeaders = limit.giveBack();
        answer = { status: 304, headers: { ...answer.headers, etag } };
      } else if (etag) answer.headers = { ...answer.headers, etag };
    } catch (error) {
      answer = isRefusal(error)
        ? error.refusal
        : { status: 500, body: { message: `Server Error: ${error instanceof Error ? error.message : error}` } };
    }
    const headers = { ...BASE_HEADERS, date: hub.world.clock.now().toUTCString(), ...limitHeaders, ...answer.headers };
    const body = answer.body === undefined ? "" : JSON.stringify(answer.body);
    return { status: answer.status, headers, body: request.method === "HEAD" ? "" : body, covered };
  };
}

const BASE_HEADERS = {
  "content-type": "application/json; charset=utf-8",
  "x-github-media-type": "github.v3; format=json",
  "x-github-api-version-selected": "2022-11-28",
  "cache-control": "private, max-age=60, s-maxage=60",
};

function prepare(
  hub: Hub,
  request: RestRequest,
  principal: Principal,
  found: { route: Route; params: Record<string, string> },
): Call {
  const { route, params } = found;
  let repository: Repository | null = null;
  if (route.path.startsWith("/repos/{owner}/{repo}")) {
    repository = findRepository(hub.state, params.owner ?? "", params.repo ?? "");
    // An App's own JWT reaches only routes about the App, which look the repository's owner up themselves.
    if (principal.kind !== "app" && (!repository || !maySee(principal, repository))) notFound();
  }
  if (route.permission) authorise(principal, route, repository);
  if (repository?.archived) refuseArchived(route, request.body);
  return {
    hub,
    principal,
    params,
    query: request.query,
    path: request.path,
    repository: () => repository ?? notFound(),
    body: (schema) => parseBody(schema, request.body),
  };
}

function authorise(principal: Principal, route: Route, repository: Repository | null): void {
  const [name, access] = route.permission ?? ["metadata", "read"];
  if (may(principal, name, access, repository)) return;
  if (access === "read" && repository && !repository.private && principal.kind !== "installation") return;
  if (principal.kind === "anonymous") refuse(401, "Requires authentication");
  if (principal.kind === "app") refuse(401, "A JSON web token could not be decoded");
  if (principal.kind === "user") notFound();
  refuse(403, "Resource not accessible by integration", {
    headers: { "x-accepted-github-permissions": `${name}=${access}` },
  });
}

function parseBody<T extends z.ZodType>(schema: T, text: string): z.output<T> {
  let value: unknown;
  try {
    value = text === "" ? {} : JSON.parse(text);
  } catch {
    refuse(400, "Problems parsing JSON");
  }
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const lines = parsed.error.issues.map((issue) => {
    const at = issue.path.join(".");
    return issue.code === "invalid_type" && issue.message.includes("received undefined")
      ? `"${at}" wasn't supplied.`
      : `For '${at ? `properties/${at}` : "links/0/schema"}', ${issue.message}.`;
  });
  refuse(422, `Invalid request.\n\n${lines.join("\n")}`);
}

function etagOf(body: unknown): string {
  return `W/"${createHash("sha256")
    .update(JSON.stringify(body) ?? "")
    .digest("hex")}"`;
}

function matches(header: string | undefined, etag: string): boolean {
  const bare = (text: string) => text.trim().replace(/^W\//, "");
  return header?.split(",").some((candidate) => bare(candidate) === bare(etag)) ?? false;
}

function notCovered(request: RestRequest): RestResponse {
  const message = `The sandbox's GitHub does not know ${request.method} ${request.path}`;
  const body = JSON.stringify({ message, documentation_url: "https://docs.github.com/rest", status: "501" });
  return { status: 501, headers: BASE_HEADERS, body, covered: false };
}
