import { createAppAuth } from "@octokit/auth-app";
import { retry } from "@octokit/plugin-retry";
import { throttling } from "@octokit/plugin-throttling";
import { Octokit } from "@octokit/rest";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startTestGitHub, type TestGitHub } from "./start-test-github.ts";

let github: TestGitHub;
beforeAll(async () => {
  github = await startTestGitHub();
});
afterAll(async () => await github[Symbol.asyncDispose]());

/** The client as the bot builds it. */
function asBot(seen: string[] = []) {
  const { id: appId, privateKey, installationId } = github.app;
  return new (Octokit.plugin(retry, throttling))({
    baseUrl: github.apiUrl,
    authStrategy: createAppAuth,
    auth: { appId, privateKey, installationId },
    log: github.quiet,
    throttle: {
      onRateLimit: (after) => {
        seen.push(`primary ${after}`);
        return false;
      },
      onSecondaryRateLimit: (after) => {
        seen.push(`secondary ${after}`);
        return true;
      },
    },
  });
}

test("a name that is taken, an illegal one, an unknown owner", async () => {
  const { octokit } = github;
  await octokit.repos.createInOrg({ org: "acme", name: "taken" });
  await expect(octokit.repos.createInOrg({ org: "acme", name: "TAKEN" })).rejects.toMatchObject({
    status: 422,
    response: {
      data: { message: "Repository creation failed.", errors: [{ message: "name already exists on this account" }] },
    },
  });
  await expect(octokit.repos.createInOrg({ org: "acme", name: ".." })).rejects.toMatchObject({ status: 422 });
  await expect(octokit.repos.createInOrg({ org: "nobody", name: "x" })).rejects.toMatchObject({ status: 404 });
});

test("an empty repository has no git data, and can be filled through its contents", async () => {
  const { octokit } = github;
  await octokit.repos.createInOrg({ org: "acme", name: "empty" });
  const at = { owner: "acme", repo: "empty" };
  const refused = { status: 409, response: { data: { message: "Git Repository is empty." } } };
  await expect(octokit.git.createBlob({ ...at, content: "a" })).rejects.toMatchObject(refused);
  await expect(octokit.git.getRef({ ...at, ref: "heads/main" })).rejects.toMatchObject(refused);
  await octokit.repos.createOrUpdateFileContents({ ...at, path: "a.txt", message: "First", content: btoa("a") });
  const { data } = await octokit.git.getRef({ ...at, ref: "heads/main" });
  await expect(octokit.git.createRef({ ...at, ref: "refs/heads/main", sha: data.object.sha })).rejects.toThrow(
    "Reference already exists",
  );
  await expect(octokit.git.createRef({ ...at, ref: "refs/heads/x", sha: "0".repeat(40) })).rejects.toThrow(
    "Object does not exist",
  );
  await expect(octokit.git.updateRef({ ...at, ref: "heads/no", sha: data.object.sha })).rejects.toThrow(
    "Reference does not exist",
  );
  await expect(
    octokit.repos.createOrUpdateFileContents({ ...at, path: "a.txt", message: "Again", content: btoa("b") }),
  ).rejects.toThrow(`"sha" wasn't supplied.`);
});

test("bad credentials, and none where some are needed", async () => {
  const stranger = new Octokit({ baseUrl: github.apiUrl, auth: "ghp_wrong", log: github.quiet });
  await expect(stranger.users.getAuthenticated()).rejects.toMatchObject({
    status: 401,
    response: { data: { message: "Bad credentials" } },
  });
  const nobody = new Octokit({ baseUrl: github.apiUrl, log: github.quiet });
  await expect(nobody.repos.createInOrg({ org: "acme", name: "mine" })).rejects.toMatchObject({ status: 401 });
  await github.octokit.repos.createInOrg({ org: "acme", name: "secret", private: true });
  await expect(nobody.repos.get({ owner: "acme", repo: "secret" })).rejects.toMatchObject({ status: 404 });
  github.control.setTokenScope("repo", false);
  await expect(github.octokit.repos.get({ owner: "acme", repo: "secret" })).rejects.toMatchObject({ status: 404 });
  github.control.setTokenScope("repo", true);
});

test("a JWT signed with another key is refused", async () => {
  const { generateKeyPairSync } = await import("node:crypto");
  const privateKey = generateKeyPairSync("rsa", {
    modulusLength: 2048,
    privateKeyEncoding: { type: "pkcs8", format: "pem" },
    publicKeyEncoding: { type: "spki", format: "pem" },
  }).privateKey;
  const app = new Octokit({
    baseUrl: github.apiUrl,
    authStrategy: createAppAuth,
    auth: { appId: github.app.id, privateKey },
    log: github.quiet,
  });
  await expect(app.apps.getAuthenticated()).rejects.toMatchObject({ status: 401 });
});

test("a permission taken from the App is a 403 that names the integration", async () => {
  const bot = asBot();
  github.control.setInstallationPermission("administration", null);
  await expect(bot.repos.createInOrg({ org: "acme", name: "late" })).rejects.toMatchObject({
    status: 403,
    response: { data: { message: "Resource not accessible by integration" } },
  });
  github.control.setInstallationPermission("administration", "write");
  expect((await bot.repos.createInOrg({ org: "acme", name: "late" })).status).toBe(201);
});

test("workflow files need a permission of their own, and deleting a scope", async () => {
  const at = { owner: "acme", repo: "late" };
  const path = ".github/workflows/build.yml";
  const put = async (by: Octokit) =>
    await by.repos.createOrUpdateFileContents({ ...at, path, message: "Build", content: btoa("on: push\njobs: {}\n") });
  const bot = asBot();
  github.control.setInstallationPermission("workflows", null);
  await expect(put(bot)).rejects.toMatchObject({ status: 403 });
  github.control.setInstallationPermission("workflows", "write");
  github.control.setTokenScope("workflow", false);
  await expect(put(github.octokit)).rejects.toMatchObject({ status: 404 });
  await github.octokit.repos.createOrUpdateFileContents({ ...at, path: "a", message: "Fill", content: "" });
  const tree = [{ path, content: "on: push", mode: "100644" as const, type: "blob" as const }];
  await expect(github.octokit.git.createTree({ ...at, tree })).rejects.toMatchObject({ status: 404 });
  github.control.setTokenScope("workflow", true);
  expect((await github.octokit.git.createTree({ ...at, tree })).status).toBe(201);
  github.control.setTokenScope("delete_repo", false);
  await expect(github.octokit.repos.delete(at)).rejects.toMatchObject({
    status: 403,
    message: expect.stringContaining("Must have admin rights"),
  });
  github.control.setTokenScope("delete_repo", true);
});

test("the secondary limit is waited for and the primary one reported by the throttling plugin", async () => {
  const seen: string[] = [];
  const bot = asBot(seen);
  await bot.repos.get({ owner: "acme", repo: "taken" });
  github.control.limitSecondary(1, 1);
  expect((await bot.repos.get({ owner: "acme", repo: "taken" })).status).toBe(200);
  github.control.exhaustRateLimit(60);
  await expect(bot.repos.get({ owner: "acme", repo: "taken" })).rejects.toMatchObject({
    status: 403,
    message: expect.stringContaining("API rate limit exceeded"),
  });
  github.control.restoreRateLimit();
  expect(seen[0]).toBe("secondary 1");
  expect(seen[1]).toMatch(/^primary [56]\d$/);
});

test("an unchanged answer is a 304 that costs nothing", async () => {
  const { octokit } = github;
  const first = await octokit.repos.get({ owner: "acme", repo: "taken" });
  const before = Number(first.headers["x-ratelimit-remaining"]);
  const again = octokit.repos.get({ owner: "acme", repo: "taken", headers: { "if-none-match": first.headers.etag } });
  await expect(again).rejects.toMatchObject({
    status: 304,
    response: { headers: { "x-ratelimit-remaining": String(before) } },
  });
  await octokit.repos.update({ owner: "acme", repo: "taken", description: "new" });
  expect(
    (await octokit.repos.get({ owner: "acme", repo: "taken", headers: { "if-none-match": first.headers.etag } }))
      .status,
  ).toBe(200);
});

test("lists are paged by Link, which Octokit's paginate follows", async () => {
  const { octokit } = github;
  const page = await octokit.repos.listForOrg({ org: "acme", per_page: 2 });
  expect(page.headers.link).toMatch(/rel="next".*rel="last"/);
  const all = await octokit.paginate(octokit.repos.listForOrg, { org: "acme", per_page: 2 });
  expect(all.map((one) => one.name).sort()).toEqual(["empty", "late", "secret", "taken"]);
});

test("a body that is wrong says which part", async () => {
  const send = async (body: string) => {
    const headers = { authorization: `Bearer ${github.token}`, "content-type": "application/json" };
    const response = await fetch(`${github.apiUrl}/orgs/acme/repos`, { method: "POST", headers, body });
    return { status: response.status, body: await response.json() };
  };
  expect(await send("{")).toMatchObject({ status: 400, body: { message: "Problems parsing JSON" } });
  expect(await send("{}")).toMatchObject({
    status: 422,
    body: { message: `Invalid request.\n\n"name" wasn't supplied.` },
  });
  expect((await send('{"name":1}')).status).toBe(422);
});

test("what is not emulated says so, and is recorded as not covered", async () => {
  await expect(github.octokit.pulls.list({ owner: "acme", repo: "taken" })).rejects.toMatchObject({
    status: 501,
    message: expect.stringContaining("does not know GET /repos/acme/taken/pulls"),
  });
  expect(github.calls.findLast((call) => call.path === "/repos/acme/taken/pulls")).toMatchObject({
    part: "github",
    status: 501,
    covered: false,
  });
});

test("links lead to pages", async () => {
  const page = await fetch(`${github.serverUrl}/acme/taken`);
  expect(page.headers.get("content-type")).toContain("text/html");
  expect(await page.text()).toContain(`git clone ${github.serverUrl}/acme/taken.git`);
  expect((await fetch(`${github.serverUrl}/acme/nothing`)).status).toBe(404);
  const browser = { headers: { accept: "text/html,application/xhtml+xml" } };
  expect(await (await fetch(github.serverUrl, browser)).text()).toContain('<a href="/acme/taken">taken</a>');
  await expect(github.octokit.request("GET /search/repositories", { q: "rrr" })).rejects.toMatchObject({ status: 501 });
});
