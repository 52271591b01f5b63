import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Octokit } from "@octokit/rest";
import { type GitHubOptions, type GitHubPart, startGitHub } from "../../../src/sandbox/github/start.ts";
import { createWorld } from "../../../src/sandbox/shared/create-world.ts";
import type { RecordedCall } from "../../../src/sandbox/shared/world.ts";

export interface TestGitHub extends GitHubPart, AsyncDisposable {
  octokit: Octokit;
  calls: RecordedCall[];
  /** A log for clients whose refusals are expected. */
  quiet: { debug(): void; info(): void; warn(): void; error(): void };
  dataDir: string;
}

/** A GitHub of its own on free ports, at a speed that lets a run of minutes end in a fraction of a second. */
export async function startTestGitHub(options: Partial<GitHubOptions> & { speed?: number } = {}): Promise<TestGitHub> {
  const dataDir = await mkdtemp(join(tmpdir(), "sandbox-github-"));
  const calls: RecordedCall[] = [];
  const world = createWorld({ speed: options.speed ?? 2000, record: (call) => calls.push(call) });
  const github = await startGitHub({
    port: 0,
    registryPort: 0,
    host: "127.0.0.1",
    address: "127.0.0.1",
    owner: "acme",
    ...options,
    world,
    dataDir,
  });
  const quiet = { debug() {}, info() {}, warn() {}, error() {} };
  return {
    ...github,
    octokit: new Octokit({ baseUrl: github.apiUrl, auth: github.token, log: quiet }),
    calls,
    quiet,
    dataDir,
    async [Symbol.asyncDispose]() {
      await github.close();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}
