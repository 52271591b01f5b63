import { describe, expect, it } from "vitest";
import { createGitHub } from "../../src/github/create-github.ts";
import { Problem } from "../../src/project/problem.ts";
import { clock, quiet } from "./quiet.ts";
import { type Served, serve } from "./serve.ts";

interface Answer {
  status: number;
  headers?: Record<string, string>;
  body?: object;
}

/** Each request gets the next answer, the last one for ever. */
function answering(...answers: Answer[]): Promise<Served> {
  let next = 0;
  return serve((_, response) => {
    const { status, headers, body } = answers[Math.min(next, answers.length - 1)] ?? { status: 500 };
    next += 1;
    response.writeHead(status, { "content-type": "application/json", ...headers });
    response.end(JSON.stringify(body ?? {}));
  });
}

function client(apiUrl: string, settings: { timeoutMs?: number } = {}) {
  return createGitHub({
    apiUrl,
    auth: { token: "ghp_test" },
    clock,
    log: quiet,
    retryBaseMs: 1,
    sleep: async () => {},
    writes: { burst: 1, everyMs: 0 },
    ...settings,
  });
}

const at = { owner: "acme", name: "rrr" };
const RUNS = { workflow: "build.yml", sha: "3f2a91c" };

async function problemFrom(...answers: Answer[]): Promise<Problem> {
  await using github = await answering(...answers);
  const error = await client(github.url)
    .runs(at, RUNS)
    .then(
      () => undefined,
      (reason: unknown) => reason,
    );
  if (error instanceof Problem) return error;
  throw new Error(`not a Problem: ${error}`);
}

describe("an error of GitHub's", () => {
  it("401 Bad credentials", async () => {
    const problem = await problemFrom({ status: 401, body: { message: "Bad credentials" } });
    expect(problem).toMatchObject({ code: "github-token-invalid", destiny: { kind: "person" } });
    expect(problem.evidence).toBe("GET /repos/acme/rrr/actions/workflows/build.yml/runs: 401 Bad credentials");
  });

  it("403 names the permission that GitHub names", async () => {
    const problem = await problemFrom({
      status: 403,
      headers: { "x-accepted-github-permissions": "actions=read" },
      body: { message: "Resource not accessible by integration", documentation_url: "https://docs.github.com" },
    });
    expect(problem).toMatchObject({ code: "github-permission-missing", params: { permission: "actions: read" } });
  });

  it("403 without such a header names the one that the call needs", async () => {
    const problem = await problemFrom({ status: 403, body: { message: "Resource not accessible by integration" } });
    expect(problem.params.permission).toBe("Actions (read)");
  });

  it("403 for want of single sign-on says where to sign on", async () => {
    const url = "https://github.com/orgs/acme/sso?authorization_request=1";
    const problem = await problemFrom({
      status: 403,
      headers: { "x-github-sso": `required; url=${url}` },
      body: { message: "Resource protected by organization SAML enforcement." },
    });
    expect(problem.params.where).toBe(url);
  });

  it("429 with retry-after waits as long as it says", async () => {
    const problem = await problemFrom({
      status: 429,
      headers: { "retry-after": "90" },
      body: { message: "You have exceeded a secondary rate limit." },
    });
    if (problem.destiny.kind !== "wait") throw new Error(problem.destiny.kind);
    expect(problem.destiny.until.getTime() - Date.now()).toBeGreaterThan(80_000);
    expect(problem.destiny.until.getTime() - Date.now()).toBeLessThan(91_000);
  });

  it("502 is tried again before it is a Problem", async () => {
    await using github = await answering(
      { status: 502 },
      { status: 502 },
      { status: 200, body: { workflow_runs: [] } },
    );
    expect(await client(github.url).runs(at, RUNS)).toEqual([]);
    expect(github.asked).toHaveLength(3);
  });

  it("nobody there is github-unreachable", async () => {
    const github = await answering({ status: 200 });
    await github.close();
    await expect(client(github.url).runs(at, RUNS)).rejects.toMatchObject({
      code: "github-unreachable",
      destiny: { kind: "retry" },
      evidence: expect.stringContaining("ECONNREFUSED"),
    });
  });

  it("an answer that never comes is given up", async () => {
    await using github = await serve(() => {});
    await expect(client(github.url, { timeoutMs: 50 }).runs(at, RUNS)).rejects.toMatchObject({
      code: "github-unreachable",
    });
  });

  it("never shows the token", async () => {
    const problem = await problemFrom({ status: 400, body: { message: "bad header Bearer ghp_abcdefghijklmnopqrst" } });
    expect(problem.code).toBe("github-refused");
    expect(problem.evidence).not.toContain("ghp_abc");
  });
});

describe("a repository that is not ready yet", () => {
  const empty = { status: 409, body: { message: "Git Repository is empty." } };

  it("is waited for", async () => {
    const repository = {
      id: 1,
      name: "rrr",
      owner: { login: "acme" },
      html_url: "h",
      clone_url: "c",
      default_branch: "main",
      private: true,
      description: null,
      topics: [],
      created_at: "2026-01-02T03:04:05Z",
      archived: false,
    };
    let looks = 0;
    await using github = await serve((request, response) => {
      const json = (status: number, body: object) => {
        response.writeHead(status, { "content-type": "application/json" });
        response.end(JSON.stringify(body));
      };
      if (request.url === "/users/acme") return json(200, { login: "acme", type: "Organization" });
      if (request.method === "POST") return json(201, repository);
      looks += 1;
      if (looks === 1) return json(404, { message: "Not Found" });
      if (looks === 2) return json(empty.status, empty.body);
      return json(200, { object: { sha: "1" } });
    });
    const made = await client(github.url).createRepository({ ...at, visibility: "private", description: "" });
    expect(made).toMatchObject({ owner: "acme", name: "rrr", createdAt: new Date("2026-01-02T03:04:05Z") });
    expect(looks).toBeGreaterThanOrEqual(3);
  });

  it("is a Problem in the end, to be tried again", async () => {
    await using github = await answering(empty);
    await expect(
      client(github.url).pushFirstCommit(at, {
        branch: "main",
        message: "m",
        files: [{ path: "a", content: "a", mode: "100644" }],
      }),
    ).rejects.toMatchObject({ code: "repo-not-ready", destiny: { kind: "retry" } });
  });

  it("is not asked for twice when the first answer was lost: it may have been made", async () => {
    await using github = await serve((request, response) => {
      response.writeHead(request.method === "POST" ? 502 : 200, { "content-type": "application/json" });
      response.end(JSON.stringify({ login: "acme", type: "Organization" }));
    });
    const creating = client(github.url).createRepository({ ...at, visibility: "private", description: "" });
    await expect(creating).rejects.toMatchObject({ code: "github-unreachable" });
    expect(github.asked.filter((line) => line.startsWith("POST"))).toEqual(["POST /orgs/acme/repos"]);
  });
});

describe("a token that may not touch workflows", () => {
  const workflow = { path: ".github/workflows/build.yml", content: "on: push", mode: "100644" as const };

  it("is told apart from one that may not write, though GitHub says 404 to both", async () => {
    await using github = await serve((request, response) => {
      const chunks: Buffer[] = [];
      request.on("data", (chunk) => chunks.push(chunk));
      request.on("end", () => {
        const refused = Buffer.concat(chunks).toString().includes(".github/workflows/");
        response.writeHead(refused ? 404 : 201, { "content-type": "application/json" });
        response.end(JSON.stringify(refused ? { message: "Not Found" } : { sha: "1" }));
      });
    });
    const pushing = client(github.url).pushFirstCommit(at, { branch: "main", message: "m", files: [workflow] });
    await expect(pushing).rejects.toMatchObject({
      code: "github-permission-missing",
      destiny: { kind: "person" },
      params: { permission: expect.stringMatching(/Workflows/) },
    });
  });
});
