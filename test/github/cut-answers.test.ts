import { generateKeyPairSync } from "node:crypto";
import { describe, expect, it } from "vitest";
import { createGitHub, type GitHubSettings } from "../../src/github/create-github.ts";
import { createPullCredential } from "../../src/github/create-pull-credential.ts";
import type { GitHub } from "../../src/project/ports/github.ts";
import { answerWith, FAULTS, type Fault } from "../builders/faults.ts";
import { files } from "./launch-files.ts";
import { clock, quiet } from "./quiet.ts";
import { serve } from "./serve.ts";

const at = { owner: "acme", name: "rrr" };
const RUNS = { workflow: "build.yml", sha: "3f2a91c" };
const hook = { url: "https://bot.example.com/github/webhooks", secret: "s", events: ["push"] };
const unreachable = { code: "github-unreachable", destiny: { kind: "retry" } };
const { privateKey } = generateKeyPairSync("rsa", {
  modulusLength: 2048,
  privateKeyEncoding: { type: "pkcs1", format: "pem" },
  publicKeyEncoding: { type: "spki", format: "pem" },
});
const app = { appId: 1, privateKey };

const repository = {
  ...{ id: 7, name: "rrr", full_name: "acme/rrr", owner: { login: "acme" }, default_branch: "main", private: true },
  ...{ html_url: "https://github.com/acme/rrr", clone_url: "https://github.com/acme/rrr.git", archived: false },
};
const token = () => ({ token: "ghs_1", expires_at: new Date(Date.now() + 3_600_000).toISOString(), permissions: {} });

/** By method and path; whatever else is asked is not there. */
const ANSWERS: Record<string, () => object> = {
  "GET /users/acme": () => ({ login: "acme", type: "Organization" }),
  "GET /user": () => ({ login: "ada" }),
  "GET /repos/acme/rrr": () => repository,
  "GET /repos/acme/rrr/commits/main": () => ({ sha: "a", html_url: "", parents: [], commit: { message: "m" } }),
  "GET /repos/acme/rrr/actions/workflows/build.yml/runs": () => ({ workflow_runs: [] }),
  "GET /repos/acme/rrr/actions/runs/1/jobs": () => ({ jobs: [] }),
  "GET /repos/acme/rrr/actions/permissions": () => ({ enabled: true }),
  "GET /repos/acme/rrr/hooks": () => [],
  "POST /repos/acme/rrr/hooks": () => ({ id: 3 }),
  "GET /repos/acme/rrr/hooks/3/deliveries": () => [
    { id: 1, event: "ping", status_code: 200, delivered_at: "2026-03-01T10:00:00Z" },
  ],
  "POST /repos/acme/rrr/git/trees": () => ({ sha: "t" }),
  "GET /repos/acme/rrr/git/ref/heads%2Fmain": () => ({ object: { sha: "c0" } }),
  "GET /repos/acme/rrr/git/commits/c0": () => ({
    sha: "c0",
    message: "Initial commit",
    tree: { sha: "t0" },
    parents: [],
  }),
  "GET /repos/acme/rrr/git/trees/t0": () => ({ tree: [{ path: "README.md" }] }),
  "POST /repos/acme/rrr/git/commits": () => ({ sha: "c1" }),
  "PATCH /repos/acme/rrr/git/refs/heads%2Fmain": () => ({ object: { sha: "c1" } }),
  "POST /orgs/acme/repos": () => repository,
  "GET /orgs/acme/installation": () => ({ id: 5 }),
  "POST /app/installations/5/access_tokens": token,
};

/** A GitHub whose answers to what matches come to grief for as long as `at.fault` is set. */
async function gitHubWith(where: string) {
  const state: { fault?: Fault | undefined; status?: number; instead?: unknown } = {};
  const server = await serve((request, response) => {
    const key = `${request.method} ${request.url?.split("?")[0]}`;
    const answer = ANSWERS[key];
    const { fault, status, instead } = key === where ? state : {};
    request.resume();
    if (!answer) answerWith(undefined, response, JSON.stringify({ message: "Not Found" }), 404);
    else answerWith(fault, response, JSON.stringify(instead ?? answer()), status);
  });
  const client = (given: Partial<GitHubSettings> = {}) =>
    createGitHub({
      apiUrl: server.url,
      auth: { token: "ghp_x" },
      clock,
      log: quiet,
      sleep: async () => {},
      retryBaseMs: 1,
      freshMs: 0,
      writes: { burst: 100, everyMs: 0 },
      ...given,
    });
  return { state, client, url: server.url, asked: server.asked, [Symbol.asyncDispose]: () => server.close() };
}

const created = { ...at, visibility: "private" as const, description: "" };
const commit = { branch: "main", message: "Start rrr", files: files.slice(0, 1) };

const CALLS: [string, string, (github: GitHub) => Promise<unknown>][] = [
  ["owner", "GET /users/acme", (github) => github.owner("acme")],
  ["standing", "GET /user", (github) => github.standing("acme")],
  ["repository", "GET /repos/acme/rrr", (github) => github.repository("acme", "rrr")],
  ["locate", "GET /repos/acme/rrr", (github) => github.locate(at, 7)],
  ["commit", "GET /repos/acme/rrr/commits/main", (github) => github.commit(at, "main")],
  ["runs", "GET /repos/acme/rrr/actions/workflows/build.yml/runs", (github) => github.runs(at, RUNS)],
  ["jobs", "GET /repos/acme/rrr/actions/runs/1/jobs", (github) => github.jobs(at, 1)],
  ["allowActions", "GET /repos/acme/rrr/actions/permissions", (github) => github.allowActions(at)],
  ["ensureWebhook, looking", "GET /repos/acme/rrr/hooks", (github) => github.ensureWebhook(at, hook)],
  ["ensureWebhook, making", "POST /repos/acme/rrr/hooks", (github) => github.ensureWebhook(at, hook)],
  ["lastDelivery", "GET /repos/acme/rrr/hooks/3/deliveries", (github) => github.lastDelivery(at, 3)],
  ["createRepository", "POST /orgs/acme/repos", (github) => github.createRepository(created)],
  ["pushFirstCommit, its tree", "POST /repos/acme/rrr/git/trees", (github) => github.pushFirstCommit(at, commit)],
  [
    "pushFirstCommit, its ref",
    "GET /repos/acme/rrr/git/ref/heads%2Fmain",
    (github) => github.pushFirstCommit(at, commit),
  ],
  ["pushFirstCommit, its commit", "POST /repos/acme/rrr/git/commits", (github) => github.pushFirstCommit(at, commit)],
];

describe.each(CALLS)("%s", (_, where, call) => {
  it("is an error of that call where the answer is not whole, and works the next time", async () => {
    await using gitHub = await gitHubWith(where);
    const github = gitHub.client();
    for (const fault of FAULTS) {
      gitHub.state.fault = fault;
      await expect(call(github), fault).rejects.toMatchObject(unreachable);
    }
    gitHub.state.fault = undefined;
    await call(github);
  });

  it("is an error of that call where the answer is of another kind", async () => {
    await using gitHub = await gitHubWith(where);
    for (const instead of [{}, { message: "Hello" }, [{}]]) {
      gitHub.state.instead = instead;
      await expect(call(gitHub.client()), JSON.stringify(instead)).rejects.toMatchObject(unreachable);
    }
  });
});

describe("a refusal", () => {
  it.each(FAULTS)("of which no more came than its status (%s) is not taken for GitHub's", async (fault) => {
    await using gitHub = await gitHubWith("GET /repos/acme/rrr");
    Object.assign(gitHub.state, { fault, status: 404 });
    // A proxy's own 404 is no repository that is gone.
    await expect(gitHub.client().locate(at, 7)).rejects.toMatchObject(unreachable);
  });
});

describe("an App's token", () => {
  const TOKEN = "POST /app/installations/5/access_tokens";

  it.each(FAULTS)("whose grant is not whole (%s) is not kept: the next call gets another and works", async (fault) => {
    await using gitHub = await gitHubWith(TOKEN);
    const github = gitHub.client({ auth: app });
    gitHub.state.fault = fault;
    await expect(github.runs(at, RUNS)).rejects.toMatchObject(unreachable);
    await expect(github.cloneCredential({ ...at, id: 7 })).rejects.toMatchObject(unreachable);
    gitHub.state.fault = undefined;
    expect(await github.runs(at, RUNS)).toEqual([]);
    expect(await github.cloneCredential({ ...at, id: 7 })).toMatchObject({ password: "ghs_1" });
  });

  it("that is none is not kept", async () => {
    await using gitHub = await gitHubWith(TOKEN);
    const granted = [{}, [], { token: "" }, { token: "ghs_1" }, { token: 1, expires_at: "2026-03-01T10:00:00Z" }];
    for (const instead of granted) {
      const github = gitHub.client({ auth: app });
      gitHub.state.instead = instead;
      await expect(github.runs(at, RUNS), JSON.stringify(instead)).rejects.toMatchObject(unreachable);
      gitHub.state.instead = undefined;
      expect(await github.runs(at, RUNS)).toEqual([]);
    }
  });

  it.each(FAULTS)("for pulling images whose grant is not whole (%s) is not kept either", async (fault) => {
    await using gitHub = await gitHubWith(TOKEN);
    const auth = { ...app, installationId: 5 };
    const settings = { apiUrl: gitHub.url, auth, owner: "acme", clock, log: quiet, retryBaseMs: 1 };
    const credential = createPullCredential(settings);
    gitHub.state.fault = fault;
    await expect(credential()).rejects.toMatchObject(unreachable);
    gitHub.state.fault = undefined;
    expect(await credential()).toMatchObject({ password: "ghs_1" });
  });

  it.each(FAULTS)("is asked for though the answer to who is installed was not whole (%s)", async (fault) => {
    await using gitHub = await gitHubWith("GET /orgs/acme/installation");
    const github = gitHub.client({ auth: app });
    gitHub.state.fault = fault;
    await expect(github.runs(at, RUNS)).rejects.toMatchObject(unreachable);
    gitHub.state.fault = undefined;
    expect(await github.runs(at, RUNS)).toEqual([]);
  });
});
