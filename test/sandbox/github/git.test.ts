import { execFile } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import { pushFiles, WORKFLOW } from "./push-files.ts";
import { startTestGitHub, type TestGitHub } from "./start-test-github.ts";
import { untilRunEnds } from "./until-run-ends.ts";

const execute = promisify(execFile);
const person = {
  GIT_AUTHOR_NAME: "Ada",
  GIT_AUTHOR_EMAIL: "ada@example.com",
  GIT_COMMITTER_NAME: "Ada",
  GIT_COMMITTER_EMAIL: "ada@example.com",
};
const env = { ...process.env, ...person, GIT_TERMINAL_PROMPT: "0", GIT_CONFIG_GLOBAL: "/dev/null" };

let github: TestGitHub;
beforeAll(async () => {
  github = await startTestGitHub();
});
afterAll(async () => await github[Symbol.asyncDispose]());

async function git(...args: string[]): Promise<string> {
  return (await execute("git", args, { env })).stdout.trim();
}

function withToken(path: string): string {
  return `${github.serverUrl.replace("://", `://x-access-token:${github.token}@`)}${path}`;
}

test("a push by git is a commit of the API, starts a run, and fetches back", async () => {
  await pushFiles(github.octokit, "rrr", { "README.md": "# rrr\n", ".github/workflows/build.yml": WORKFLOW });
  const clone = join(github.dataDir, "rrr");
  await git("clone", "--quiet", withToken("/acme/rrr.git"), clone);
  await writeFile(join(clone, "new.txt"), "new\n");
  await git("-C", clone, "add", ".");
  await git("-C", clone, "commit", "--quiet", "-m", "By hand");
  await git("-C", clone, "push", "--quiet");
  const head_sha = await git("-C", clone, "rev-parse", "HEAD");
  const at = { owner: "acme", repo: "rrr" };
  expect((await github.octokit.repos.getBranch({ ...at, branch: "main" })).data.commit.sha).toBe(head_sha);
  const run = await untilRunEnds(github.octokit, at, { head_sha });
  expect(run).toMatchObject({ display_title: "By hand", conclusion: "success", actor: { login: "ada" } });
  const shallow = join(github.dataDir, "shallow");
  await git("clone", "--quiet", "--depth=1", "--branch=main", `${github.serverUrl}/acme/rrr`, shallow);
  expect(await git("-C", shallow, "rev-list", "--count", "HEAD")).toBe("1");
});

test("a push needs a token, and a private repository shows itself only to who may see it", async () => {
  const clone = join(github.dataDir, "anonymous");
  await git("clone", "--quiet", `${github.serverUrl}/acme/rrr.git`, clone);
  await git("-C", clone, "commit", "--quiet", "--allow-empty", "-m", "Mine");
  await expect(git("-C", clone, "push", "--quiet")).rejects.toThrow(/could not read Username/);
  await pushFiles(github.octokit, "hidden", { a: "a" }, { private: true });
  await expect(git("ls-remote", `${github.serverUrl}/acme/hidden.git`)).rejects.toThrow(/could not read Username/);
  await expect(git("ls-remote", withToken("/acme/hidden.git").replace(github.token, "wrong"))).rejects.toThrow(
    "Authentication failed",
  );
  await expect(git("ls-remote", withToken("/acme/nothing.git"))).rejects.toThrow(/Repository not found|not found/);
  expect(await git("ls-remote", withToken("/acme/hidden.git"))).toContain("refs/heads/main");
});

test("an unreachable GitHub cuts git, and comes back", async () => {
  github.control.setUnreachable(true);
  await expect(git("ls-remote", `${github.serverUrl}/acme/rrr.git`)).rejects.toThrow(
    /Empty reply|reset|unable to access/,
  );
  github.control.setUnreachable(false);
  expect(await git("ls-remote", `${github.serverUrl}/acme/rrr.git`)).toContain("refs/heads/main");
});

test("deleted is gone", async () => {
  await github.octokit.repos.delete({ owner: "acme", repo: "rrr" });
  await expect(git("ls-remote", withToken("/acme/rrr.git"))).rejects.toThrow(/not found/);
});
