import { execFile } from "node:child_process";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { promisify } from "node:util";
import { z } from "zod";
import { cloneUrlOf } from "../src/sandbox/clone-url-of.ts";
import type { GitHubPart } from "../src/sandbox/github/start.ts";
import type { RecordedGitHub } from "../test/stored/recorded-project.ts";

const run = promisify(execFile);
const repository = z.object({
  ...{ id: z.number(), name: z.string(), owner: z.object({ login: z.string() }) },
  ...{ html_url: z.string(), clone_url: z.string(), default_branch: z.string(), private: z.boolean() },
  ...{ description: z.string().nullable(), topics: z.array(z.string()), created_at: z.string(), archived: z.boolean() },
});
const commits = z.array(
  z.object({
    sha: z.string(),
    commit: z.object({
      message: z.string(),
      author: z.object({ name: z.string() }),
      committer: z.object({ date: z.string() }),
    }),
    html_url: z.string(),
    parents: z.array(z.object({ sha: z.string() })),
  }),
);
const runs = z.object({
  workflow_runs: z.array(
    z.object({
      ...{ id: z.number(), name: z.string(), path: z.string(), run_number: z.number(), run_attempt: z.number() },
      ...{ head_sha: z.string(), head_branch: z.string(), event: z.string(), status: z.string() },
      ...{ conclusion: z.string().nullable(), html_url: z.string(), created_at: z.string() },
      ...{ run_started_at: z.string(), updated_at: z.string() },
    }),
  ),
});
const result = { name: z.string(), status: z.string(), conclusion: z.string().nullable() };
const jobs = z.object({
  jobs: z.array(
    z.object({
      ...{ ...result, id: z.number(), run_id: z.number(), html_url: z.string() },
      ...{ started_at: z.string().nullable(), completed_at: z.string().nullable() },
      steps: z.array(z.object({ ...result, number: z.number() })),
    }),
  ),
});

/** What GitHub says of a repository, by its REST API, and which images are in its registry. */
export async function readGitHub(github: GitHubPart, full: string): Promise<RecordedGitHub> {
  const get = async (path: string): Promise<unknown> => {
    const answer = await fetch(`${github.apiUrl}/repos/${full}${path}`, {
      headers: { authorization: `Bearer ${github.token}` },
    });
    // 409: a repository without a commit.
    return answer.ok ? answer.json() : undefined;
  };
  const [about, log, listed] = await Promise.all([get(""), get("/commits"), get("/actions/runs")]);
  const found = listed === undefined ? [] : runs.parse(listed).workflow_runs;
  const ofRuns = await Promise.all(found.map(({ id }) => get(`/actions/runs/${id}/jobs`)));
  const held = github.overview().repositories.find(({ fullName }) => fullName === full);
  return {
    ...(about !== undefined && { repository: repository.parse(about) }),
    commits: log === undefined ? [] : commits.parse(log),
    runs: found,
    jobs: ofRuns.flatMap((each) => (each === undefined ? [] : jobs.parse(each).jobs)),
    images: held?.images.flatMap(({ name, tags }) => tags.map((tag) => `${name}:${tag}`)) ?? [],
  };
}

/** Of the default branch: the text files under `folder`, by path, and which files each commit changed. */
export async function readBranch(github: GitHubPart, full: string, folder: string) {
  const clone = await mkdtemp(join(tmpdir(), "slipway-record-"));
  try {
    await run("git", ["clone", "--quiet", cloneUrlOf(github, full), clone]);
    const entries = await readdir(join(clone, folder), { recursive: true, withFileTypes: true }).catch(() => []);
    const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
    const read = paths.map(async (path) => [relative(clone, path), await readFile(path, "utf8")] as const);
    const files = Object.fromEntries((await Promise.all(read)).toSorted(([a], [b]) => a.localeCompare(b)));
    const { stdout } = await run("git", ["-C", clone, "log", "--format=commit %H", "--name-only"]);
    const commits = stdout.split("commit ").slice(1);
    const changed = commits.map((each) => each.split("\n").filter((line) => line !== ""));
    return { files, changed: Object.fromEntries(changed.map(([sha = "", ...names]) => [sha, names])) };
  } finally {
    await rm(clone, { recursive: true, force: true });
  }
}
