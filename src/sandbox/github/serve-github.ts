import type { IncomingMessage, ServerResponse } from "node:http";
import { text } from "node:stream/consumers";
import { authenticate } from "./authenticate.ts";
import { findRenamed, findRepository, isNamed } from "./find.ts";
import { serveGit } from "./git/serve-git.ts";
import type { Hub } from "./hub.ts";
import { page } from "./pages.ts";
import { actorOf, may, maySee } from "./permit.ts";
import type { RestRequest, RestResponse } from "./rest/serve-rest.ts";

export interface Served {
  part: "github" | "git";
  covered: boolean;
}

const GIT = /^\/([^/]+)\/([^/]+?)(?:\.git)?\/(info\/refs|git-upload-pack|git-receive-pack)$/;
const LOG = /^\/_logs\/(\d+)\/(\w+)$/;
/** First words of REST paths, which no account can be called. */
const REST =
  /^\/(api\/v3(?=\/|$)|repos\/|repositories\/|orgs\/|users?(\/|$)|app(\/|$)|installation\/|rate_limit|meta$|zen$|$)/;

/** One port for what github.com and api.github.com are: git, logs, REST (with or without /api/v3), pages. */
export async function serveGithub(
  hub: Hub,
  rest: (request: RestRequest) => Promise<RestResponse>,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<Served> {
  const url = new URL(request.url ?? "/", "http://github");
  const git = GIT.exec(url.pathname);
  if (hub.faults.unreachable) {
    request.socket.destroy();
    return { part: git ? "git" : "github", covered: true };
  }
  if (git) {
    const [, owner = "", name = "", service = ""] = git;
    await answerGit(hub, request, response, { owner, name, service, query: url.searchParams });
    return { part: "git", covered: true };
  }
  const log = LOG.exec(url.pathname);
  if (log) return answerLog(hub, response, Number(log[1]), log[2] ?? "");
  const html = request.method === "GET" && wantsPage(request, url.pathname) ? page(hub, url.pathname) : null;
  if (html) {
    response.writeHead(html.status, { "content-type": "text/html; charset=utf-8", ...html.headers }).end(html.body);
    return { part: "github", covered: true };
  }
  const answer = await rest({
    method: request.method ?? "GET",
    path: url.pathname.replace(/^\/api\/v3(?=\/|$)/, "") || "/",
    query: url.searchParams,
    headers: { authorization: request.headers.authorization, "if-none-match": request.headers["if-none-match"] },
    body: await text(request),
  });
  response.writeHead(answer.status, answer.headers).end(answer.body);
  return { part: "github", covered: answer.covered };
}

/** Octokit asks for GitHub's media type, a browser for HTML; anybody else is judged by the path. */
function wantsPage(request: IncomingMessage, path: string): boolean {
  const accept = request.headers.accept ?? "";
  if (accept.includes("text/html") || accept.startsWith("image/")) return !path.startsWith("/api/v3");
  return !accept.includes("application/vnd.github") && !REST.test(path);
}

async function answerGit(
  hub: Hub,
  request: IncomingMessage,
  response: ServerResponse,
  target: { owner: string; name: string; service: string; query: URLSearchParams },
): Promise<void> {
  const principal = authenticate(hub, request.headers.authorization);
  const ask = (status: number, message: string) => {
    const challenge: Record<string, string> = status === 401 ? { "www-authenticate": 'Basic realm="GitHub"' } : {};
    request.resume();
    response.writeHead(status, { "content-type": "text/plain", ...challenge }).end(`${message}\n`);
  };
  if (!principal)
    return ask(401, "Invalid username or token. Password authentication is not supported for Git operations.");
  const repository =
    findRepository(hub.state, target.owner, target.name) ?? findRenamed(hub.state, target.owner, target.name);
  const visible = repository && maySee(principal, repository);
  // Whoever is nobody is asked who they are, also where there is nothing: GitHub does not tell the two apart.
  if (!visible)
    return principal.kind === "anonymous" ? ask(401, "Repository not found.") : ask(404, "Repository not found.");
  if (!isNamed(repository, target.owner, target.name)) {
    // git takes the new name for what it asks next. https://git-scm.com/docs/git-config#Documentation/git-config.txt-httpfollowRedirects
    const location = `${hub.address.server}/${repository.owner}/${repository.name}.git/${target.service}`;
    const search = target.query.size > 0 ? `?${target.query}` : "";
    request.resume();
    response.writeHead(request.method === "GET" ? 301 : 307, { location: `${location}${search}` }).end();
    return;
  }
  const push = target.service === "git-receive-pack" || target.query.get("service") === "git-receive-pack";
  if (push && principal.kind === "anonymous") return ask(401, "Authentication required");
  const actor = actorOf(principal, { person: hub.person, appSlug: hub.app.slug });
  if (push && !may(principal, "contents", "write", repository)) {
    return ask(403, `Permission to ${repository.owner}/${repository.name}.git denied to ${actor}.`);
  }
  if (push && repository.archived) return ask(403, "This repository was archived so it is read-only.");
  if (!push && repository.private && !may(principal, "contents", "read", repository))
    return ask(404, "Repository not found.");
  await serveGit(hub, request, response, {
    repository,
    service: target.service,
    query: target.query.toString(),
    principal,
    actor,
  });
}

function answerLog(hub: Hub, response: ServerResponse, id: number, key: string): Served {
  const job = hub.state.jobs.find((one) => one.id === id);
  const found = job && hub.world.random.fork(`log-${id}`).text(32) === key;
  response.writeHead(found ? 200 : 404, { "content-type": "text/plain; charset=utf-8" });
  response.end(found ? `${job.log.join("\n")}\n` : "Not Found\n");
  return { part: "github", covered: true };
}
