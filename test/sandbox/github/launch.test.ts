import { execFile } from "node:child_process";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, test, vi } from "vitest";
import { pushFiles, WORKFLOW } from "./push-files.ts";
import { startTestGitHub } from "./start-test-github.ts";

const run = promisify(execFile);

test("a launch: repository, one commit, a run, an image in the registry, and git clone sees it", async () => {
  await using github = await startTestGitHub();
  const { octokit } = github;
  const sha = await pushFiles(octokit, "rrr", { "README.md": "# rrr\n", ".github/workflows/build.yml": WORKFLOW });

  const clone = join(github.dataDir, "clone");
  await run("git", ["clone", "--quiet", `${github.serverUrl}/acme/rrr.git`, clone]);
  expect((await readdir(clone)).sort()).toEqual([".git", ".github", "README.md"]);
  expect((await run("git", ["-C", clone, "rev-list", "--all"])).stdout.trim()).toBe(sha);

  const { data } = await octokit.actions.listWorkflowRunsForRepo({ owner: "acme", repo: "rrr", head_sha: sha });
  expect(data.total_count).toBe(1);
  await vi.waitFor(
    async () => {
      const [latest] = (await octokit.actions.listWorkflowRunsForRepo({ owner: "acme", repo: "rrr" })).data
        .workflow_runs;
      expect(latest).toMatchObject({ status: "completed", conclusion: "success" });
    },
    { timeout: 45_000, interval: 20 },
  );
  expect(github.overview().repositories[0]?.images[0]?.tags).toEqual([sha.slice(0, 12)]);
});
