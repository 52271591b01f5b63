import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import { pushFiles, WORKFLOW } from "./push-files.ts";
import { startReceiver } from "./start-receiver.ts";
import { startTestGitHub, type TestGitHub } from "./start-test-github.ts";
import { untilRunEnds } from "./until-run-ends.ts";

let github: TestGitHub;
beforeAll(async () => {
  github = await startTestGitHub();
});
afterAll(async () => await github[Symbol.asyncDispose]());

const at = (repo: string) => ({ owner: "acme", repo });
const BUILD = { ".github/workflows/build.yml": WORKFLOW };
const env = { ...process.env, GIT_TERMINAL_PROMPT: "0", GIT_CONFIG_GLOBAL: "/dev/null", LC_ALL: "C" };
const git = async (...args: string[]) => {
  const { stdout, stderr } = await promisify(execFile)(
    "git",
    ["-c", "user.name=Ada", "-c", "user.email=a@b", ...args],
    { env },
  );
  return `${stdout}${stderr}`;
};
const cloneUrl = (path: string) => `${github.serverUrl.replace("://", `://ada:${github.token}@`)}/${path}.git`;
const bare = (method: string, path: string, body?: object) =>
  fetch(`${github.apiUrl}${path}`, {
    method,
    redirect: "manual",
    headers: { authorization: `Bearer ${github.token}` },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });

test("an old path redirects: what reads by 301, the rest by 307, to the repository's id", async () => {
  const { octokit } = github;
  await pushFiles(octokit, "old", BUILD);
  const { data: before } = await octokit.repos.get(at("old"));
  const { data: renamed } = await octokit.repos.update({ ...at("old"), name: "new" });
  expect(renamed).toMatchObject({ id: before.id, full_name: "acme/new" });

  const read = await bare("GET", "/repos/acme/old/commits?per_page=1");
  const location = `${github.apiUrl}/repositories/${before.id}/commits?per_page=1`;
  expect([read.status, read.headers.get("location")]).toEqual([301, location]);
  expect(await read.json()).toMatchObject({
    message: "Moved Permanently",
    url: location,
    documentation_url: expect.stringContaining("follow-redirects"),
  });
  for (const [method, path] of [
    ["PATCH", ""],
    ["PUT", "/topics"],
    ["DELETE", "/hooks/1"],
  ] as const) {
    const write = await bare(method, `/repos/acme/old${path}`, {});
    expect([method, write.status, write.headers.get("location")]).toEqual([
      method,
      307,
      `${github.apiUrl}/repositories/${before.id}${path}`,
    ]);
  }
  // As Octokit has it, whose fetch follows both.
  expect((await octokit.repos.get(at("OLD"))).data.full_name).toBe("acme/new");
  expect((await octokit.repos.replaceAllTopics({ ...at("old"), names: ["moved"] })).data.names).toEqual(["moved"]);
  expect((await octokit.repos.getAllTopics(at("new"))).data.names).toEqual(["moved"]);
  expect((await octokit.request("GET /repositories/{id}", { id: before.id })).data.full_name).toBe("acme/new");
  await expect(octokit.request("GET /repositories/{id}", { id: 1 })).rejects.toMatchObject({ status: 404 });
});

test("git and the pages follow too, and runs and webhooks are those of before", async () => {
  const { octokit } = github;
  await using receiver = await startReceiver("s3cret");
  await pushFiles(octokit, "moving", BUILD);
  await untilRunEnds(octokit, at("moving"));
  await octokit.repos.createWebhook({
    ...at("moving"),
    events: ["push", "repository"],
    config: { url: receiver.url, content_type: "json", secret: "s3cret" },
  });
  const clone = join(github.dataDir, "moving");
  await git("clone", "--quiet", cloneUrl("acme/moving"), clone);
  await octokit.repos.update({ ...at("moving"), name: "moved" });
  await receiver.until("repository renamed");
  const [event] = receiver.received.filter(({ name }) => name === "repository renamed");
  expect(event?.payload).toMatchObject({
    changes: { repository: { name: { from: "moving" } } },
    repository: { full_name: "acme/moved" },
  });
  await git("-C", clone, "commit", "--quiet", "--allow-empty", "-m", "After");
  expect(await git("-C", clone, "push", "origin", "HEAD:main")).toContain("warning: redirecting to");
  await receiver.until("push");
  const { data } = await octokit.actions.listWorkflowRunsForRepo(at("moving"));
  expect(data.total_count).toBe(2);
  expect(data.workflow_runs[0]?.repository.full_name).toBe("acme/moved");
  const page = await fetch(`${github.serverUrl}/acme/moving/actions/runs/${data.workflow_runs[0]?.id}`, {
    headers: { accept: "text/html" },
  });
  expect([page.status, page.url]).toEqual([200, expect.stringContaining("/acme/moved/actions/runs/")]);
});

test("whoever takes the old name ends the redirect, and so does the repository's end", async () => {
  const { octokit } = github;
  await pushFiles(octokit, "first", { a: "a" });
  await octokit.repos.update({ ...at("first"), name: "second" });
  await octokit.repos.update({ ...at("second"), name: "third" });
  for (const name of ["first", "second"]) expect((await octokit.repos.get(at(name))).data.full_name).toBe("acme/third");
  await octokit.repos.createInOrg({ org: "acme", name: "first" });
  expect((await octokit.repos.get(at("first"))).data.full_name).toBe("acme/first");
  await octokit.repos.delete(at("third"));
  await expect(octokit.repos.get(at("second"))).rejects.toMatchObject({ status: 404 });
  await expect(git("ls-remote", cloneUrl("acme/second"))).rejects.toThrow("Repository not found");
});

test("a private one shows nobody where it went who may not see it", async () => {
  const { octokit } = github;
  await pushFiles(octokit, "hidden", { a: "a" }, { private: true });
  await octokit.repos.update({ ...at("hidden"), name: "hidden-now" });
  expect((await fetch(`${github.apiUrl}/repos/acme/hidden`, { redirect: "manual" })).status).toBe(404);
});

test("one that goes to another owner redirects as well", async () => {
  const { octokit } = github;
  await pushFiles(octokit, "given", { a: "a" });
  const { status } = await octokit.repos.transfer({ ...at("given"), new_owner: "ada" });
  expect(status).toBe(202);
  expect((await octokit.repos.get(at("given"))).data.full_name).toBe("ada/given");
  await expect(octokit.repos.transfer({ owner: "ada", repo: "given", new_owner: "nobody" })).rejects.toMatchObject({
    status: 422,
  });
});

test("an archived one is read and not written: by the API, by git, by workflows", async () => {
  const { octokit } = github;
  await pushFiles(octokit, "kept", BUILD);
  const clone = join(github.dataDir, "kept");
  await git("clone", "--quiet", cloneUrl("acme/kept"), clone);
  await octokit.repos.update({ ...at("kept"), archived: true });
  const readOnly = { status: 403, message: expect.stringContaining("Repository was archived so is read-only.") };
  await expect(
    octokit.repos.createOrUpdateFileContents({ ...at("kept"), path: "b", message: "b", content: "" }),
  ).rejects.toMatchObject(readOnly);
  await expect(octokit.repos.update({ ...at("kept"), description: "still" })).rejects.toMatchObject(readOnly);
  await expect(
    octokit.repos.createWebhook({ ...at("kept"), config: { url: "http://127.0.0.1:9" } }),
  ).rejects.toMatchObject(readOnly);
  await expect(
    octokit.actions.createWorkflowDispatch({ ...at("kept"), workflow_id: "build.yml", ref: "main" }),
  ).rejects.toMatchObject(readOnly);
  expect((await octokit.repos.get(at("kept"))).data.archived).toBe(true);
  await git("-C", clone, "commit", "--quiet", "--allow-empty", "-m", "More");
  await expect(git("-C", clone, "push", "origin", "HEAD:main")).rejects.toThrow(
    /remote: This repository was archived so it is read-only\.[\s\S]*error: 403/,
  );
  expect(await git("-C", clone, "fetch", "origin")).toBe("");
  await octokit.repos.update({ ...at("kept"), archived: false });
  await git("-C", clone, "push", "--quiet", "origin", "HEAD:main");
  await octokit.repos.update({ ...at("kept"), archived: true });
  await octokit.repos.delete(at("kept"));
});
