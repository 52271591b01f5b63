import { text } from "node:stream/consumers";
import { z } from "zod";
import { serve } from "./serve.ts";

interface Commit {
  tree: string;
  message: string;
  parents: string[];
}

const commitBody = z.object({ tree: z.string(), message: z.string(), parents: z.array(z.string()) });
const refBody = z.object({ sha: z.string(), force: z.boolean().default(false) });

/**
 * As much of GitHub as a first commit needs, with a repository acme/rrr that it has just made. `on` is told of each
 * request before it is answered, `method path body`, and may hold it up.
 */
export async function serveGitData(on: (request: string) => unknown = () => {}) {
  const commits = new Map<string, Commit>([["c0", { tree: "t0", message: "Initial commit", parents: [] }]]);
  const branch = { head: "c0" };
  /** What was done, not what was asked. */
  const written: string[] = [];
  const commitOf = (sha: string) => {
    const { tree, message, parents } = commits.get(sha) ?? { tree: "", message: "", parents: [] };
    return { sha, message, tree: { sha: tree }, parents: parents.map((parent) => ({ sha: parent })) };
  };
  const add = (commit: Commit) => {
    const sha = `c${commits.size}`;
    commits.set(sha, commit);
    return sha;
  };

  const server = await serve((request, response) => {
    void (async () => {
      const { method = "", url = "" } = request;
      const body = await text(request);
      await on(`${method} ${url} ${body}`);
      const [status, answer, link] = answerOf(method, url, body);
      if (method !== "GET" && status < 300) written.push(`${method} ${url}`);
      const headers = { "content-type": "application/json", ...(link === undefined ? {} : { link }) };
      response.writeHead(status, headers).end(JSON.stringify(answer));
    })();
  });

  /** The branch's, newest first. */
  function history(): string[] {
    const shas: string[] = [];
    for (let sha: string | undefined = branch.head; sha !== undefined; sha = commits.get(sha)?.parents[0])
      shas.push(sha);
    return shas;
  }

  function answerOf(method: string, url: string, body: string): [number, unknown, string?] {
    const { pathname, searchParams } = new URL(url, "http://github.test");
    const path = pathname.replace("/repos/acme/rrr/", "");
    switch (`${method} ${path}`) {
      case "GET git/ref/heads%2Fmain":
        return [200, { object: { sha: branch.head } }];
      case "GET git/trees/t0":
        return [200, { tree: [{ path: "README.md" }] }];
      case "GET commits": {
        const [page, all] = [Number(searchParams.get("page") ?? 1), history()];
        const { sha, message, tree } = commitOf(all[page - 1] ?? "");
        return [200, [{ sha, commit: { message, tree } }], `<${url}&page=${all.length}>; rel="last"`];
      }
      case "POST git/trees":
        return [201, { sha: "t1" }];
      case "POST git/commits":
        return [201, commitOf(add(commitBody.parse(JSON.parse(body))))];
      case "PATCH git/refs/heads%2Fmain": {
        const { sha, force } = refBody.parse(JSON.parse(body));
        if (!force && !commits.get(sha)?.parents.includes(branch.head))
          return [422, { message: "Update is not a fast forward" }];
        branch.head = sha;
        return [200, { object: { sha } }];
      }
      default:
        return path.startsWith("git/commits/") ? [200, commitOf(path.slice("git/commits/".length))] : [404, {}];
    }
  }

  return {
    url: server.url,
    asked: server.asked,
    written,
    branch,
    /** Somebody else's, on top of what is there. */
    push(message: string) {
      branch.head = add({ tree: "theirs", message, parents: [branch.head] });
      return branch.head;
    },
    [Symbol.asyncDispose]: () => server.close(),
  };
}
