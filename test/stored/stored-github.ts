import type { GitHub } from "../../src/project/ports/github.ts";
import type { Registry } from "../../src/project/ports/registry.ts";
import { createMemoryGitHub, type MemoryGitHub } from "../builders/world/memory-github.ts";
import type { RecordedProject } from "./recorded-project.ts";

/** GitHub and its registry as they were recorded. Runs that were under way go on being so. */
export function storedGitHub(
  { github: recorded, changed, project }: RecordedProject,
  clock: { now(): Date },
): { github: GitHub; registry: Registry; memory: MemoryGitHub } {
  const memory = createMemoryGitHub(clock);
  memory.build.seconds = Number.POSITIVE_INFINITY;
  for (const image of recorded.images) memory.packages.add(image);
  const { status } = project as {
    status?: { repository?: { hookId?: number }; builds?: { failure?: { lines: string[] } }[] };
  }; // as that version wrote it
  if (recorded.repository) {
    const {
      owner,
      html_url: url,
      clone_url: cloneUrl,
      default_branch: defaultBranch,
      created_at,
    } = recorded.repository;
    const { id, name, private: hidden, topics, archived } = recorded.repository;
    const repository = {
      ...{ id, name, owner: owner.login, url, cloneUrl, defaultBranch, topics, archived },
      visibility: hidden ? ("private" as const) : ("public" as const),
      description: recorded.repository.description ?? "",
      createdAt: new Date(created_at),
    };
    const hookId = status?.repository?.hookId;
    memory.repositories.set(`${owner.login}/${name}`, {
      repository,
      commits: recorded.commits.toReversed().map(({ sha, commit, html_url, parents }) => ({
        sha,
        title: commit.message.split("\n")[0] ?? "",
        author: commit.author.name,
        url: html_url,
        at: new Date(commit.committer.date),
        parents: parents.map((parent) => parent.sha),
        paths: changed[sha] ?? [],
      })),
      runs: recorded.runs.map((run) => ({
        ...{ id: run.id, number: run.run_number, attempt: run.run_attempt, sha: run.head_sha, branch: run.head_branch },
        ...{ event: run.event, name: run.name, conclusion: run.conclusion, url: run.html_url },
        status: run.status as "queued" | "in_progress" | "completed", // the sandbox's GitHub knows these
        createdAt: new Date(run.created_at),
        startedAt: new Date(run.run_started_at),
        updatedAt: new Date(run.updated_at),
      })),
      hooks: hookId === undefined ? [] : [{ id: hookId, url: "", events: [] }],
      actions: true,
    });
  }
  const github: GitHub = {
    ...memory.github,
    jobs: async (_, runId) =>
      recorded.jobs
        .filter(({ run_id }) => run_id === runId)
        .map((job) => ({
          ...{ id: job.id, runId, name: job.name, conclusion: job.conclusion, url: job.html_url, steps: job.steps },
          status: job.status as "queued" | "in_progress" | "completed", // likewise
          startedAt: job.started_at && job.status !== "queued" ? new Date(job.started_at) : null,
          completedAt: job.completed_at ? new Date(job.completed_at) : null,
        })),
    jobLog: async () => status?.builds?.findLast(({ failure }) => failure !== undefined)?.failure?.lines ?? [],
  };
  return { github, registry: memory.registry, memory };
}
