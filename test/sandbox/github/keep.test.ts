import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { Octokit } from "@octokit/rest";
import { expect, test } from "vitest";
import { startGitHub } from "../../../src/sandbox/github/start.ts";
import { createWorld } from "../../../src/sandbox/shared/create-world.ts";
import { pushFiles, WORKFLOW } from "./push-files.ts";
import { untilRunEnds } from "./until-run-ends.ts";

const execute = promisify(execFile);

test("a folder that is kept goes on where it was: repositories, tokens, images, and a run that was cut is cancelled", async () => {
  const dataDir = await mkdtemp(join(tmpdir(), "sandbox-github-"));
  const options = { port: 0, registryPort: 0, host: "127.0.0.1", address: "127.0.0.1", owner: "acme", dataDir };
  const at = { owner: "acme", repo: "rrr" };

  const first = await startGitHub({ ...options, world: createWorld({ speed: 2000 }) });
  const one = new Octokit({ baseUrl: first.apiUrl, auth: first.token });
  const sha = await pushFiles(one, "rrr", { ".github/workflows/build.yml": WORKFLOW });
  await untilRunEnds(one, at);
  await first.close();

  const slow = await startGitHub({ ...options, world: createWorld({ speed: 1, seed: "other" }) });
  expect(slow.token).toBe(first.token);
  expect(slow.app.privateKey).toBe(first.app.privateKey);
  expect(slow.overview().repositories[0]?.images[0]?.tags).toEqual([sha.slice(0, 12)]);
  expect((await execute("git", ["ls-remote", `${slow.serverUrl}/acme/rrr.git`, "main"])).stdout).toContain(sha);
  const two = new Octokit({ baseUrl: slow.apiUrl, auth: slow.token });
  await two.actions.createWorkflowDispatch({ ...at, workflow_id: "build.yml", ref: "main" });
  await slow.close();

  const third = await startGitHub({ ...options, world: createWorld({ speed: 1 }) });
  expect(third.overview().repositories[0]?.runs.map((run) => run.conclusion)).toEqual(["cancelled", "success"]);
  await third.close();
  await rm(dataDir, { recursive: true });
});
