import type { Octokit } from "@octokit/rest";
import type {
  Commit,
  Delivery,
  Manifests,
  Repository,
  RepositoryName,
  Whereabouts,
  WorkflowJob,
  WorkflowRun,
  WorkflowState,
} from "../project/ports/github.ts";
import { Problem } from "../project/problem.ts";
import { sameRepositoryName } from "../project/same-repository-name.ts";
import { createMemo } from "./create-memo.ts";
import { locateRepository } from "./locate-repository.ts";
import { readChanges } from "./read-changes.ts";
import { readCommit } from "./read-commit.ts";
import { readJobs } from "./read-jobs.ts";
import { readLastDelivery } from "./read-last-delivery.ts";
import { readLineage } from "./read-lineage.ts";
import { readManifests } from "./read-manifests.ts";
import { type Owner, readOwner } from "./read-owner.ts";
import { readRepository } from "./read-repository.ts";
import { readRuns } from "./read-runs.ts";
import { readWorkflow } from "./read-workflow.ts";

/** What was made a moment ago is not shown by all of GitHub at once. */
const SETTLED_MS = 60_000;
/** How long what a webhook sent last is taken for the last: a deploy is a dozen deliveries, and each a new answer that counts. */
const DELIVERED_MS = 60_000;
/** How long a repository or a webhook that is gone is taken to be so; a hint or a person who asks is answered at once. */
const GONE_MS = 300_000;

/** What GitHub says, remembered: asked again with its ETag once it is older than `freshMs`, which counts against no limit. */
export function createReadings(given: {
  /** A call as `owner`'s client, or where that is undefined as our own; `permission` is what it needs. */
  as<T>(owner: string | undefined, permission: string, ask: (octokit: Octokit) => Promise<T>): Promise<T>;
  /** Whether owners too are read by our own client: a token has no other. */
  byToken: boolean;
  freshMs: number;
  clock: { now(): Date };
}) {
  const { as, byToken, clock } = given;
  /** When each repository was made, by its number, in milliseconds. */
  const made = new Map<number, number>();
  const trees = new Map<string, boolean>();

  const memory = { clock, freshMs: given.freshMs };
  const owners = createMemo<{ login: string }, Owner | undefined>({
    ...memory,
    load: ({ login }, etag) => as(byToken ? undefined : login, "Metadata (read)", (o) => readOwner(o, login, etag)),
  });
  const repositories = createMemo<RepositoryName, Repository | undefined>({
    ...memory,
    load: (at, etag) => as(at.owner, "Metadata (read)", (o) => readRepository(o, at, etag)),
  });
  const whereabouts = createMemo<RepositoryName & { id: number }, Whereabouts>({
    ...memory,
    // A 404 has no ETag and counts. Credentials that no longer read an organisation lose all of its projects at once.
    keepMs: ({ state }, before) => (state === "gone" && before?.state === "gone" ? GONE_MS : undefined),
    load: async (at, etag) => {
      const located = await as(at.owner, "Metadata (read)", (o) => locateRepository(o, at, etag));
      const since = clock.now().getTime() - (made.get(at.id) ?? Number.NEGATIVE_INFINITY);
      if (located.value.state !== "gone" || since > SETTLED_MS) return located;
      throw new Problem("repo-not-ready", { evidence: `GET /repos/${at.owner}/${at.name}: 404 Not Found, just made` });
    },
  });
  const commits = createMemo<RepositoryName & { ref: string }, Commit | undefined>({
    ...memory,
    load: (at, etag) => as(at.owner, "Contents (read)", (o) => readCommit(o, at, at.ref, etag)),
  });
  const deliveries = createMemo<RepositoryName & { id: number }, Delivery | "none" | "gone">({
    clock,
    freshMs: DELIVERED_MS,
    keepMs: (value, before) => (value === "gone" && before === "gone" ? GONE_MS : undefined),
    load: (at, etag) => as(at.owner, "Webhooks (read)", (o) => readLastDelivery(o, at, at.id, etag)),
  });
  const runs = createMemo<RepositoryName & { workflow: string; sha: string }, WorkflowRun[]>({
    ...memory,
    load: (at, etag) => as(at.owner, "Actions (read)", (o) => readRuns(o, at, at, etag)),
  });
  const workflows = createMemo<RepositoryName & { file: string }, WorkflowState>({
    ...memory,
    load: (at, etag) => as(at.owner, "Actions (read)", (o) => readWorkflow(o, at, at.file, etag)),
  });
  /** What is named by commits does not change: it is asked for once. */
  const forGood = { clock, freshMs: Number.POSITIVE_INFINITY };
  const manifests = createMemo<RepositoryName & { sha: string }, Manifests | undefined>({
    ...forGood,
    load: (at) =>
      as(at.owner, "Contents (read)", async (o) => ({
        etag: undefined,
        value: await readManifests(o, at, at.sha, trees),
      })),
  });
  const lineages = createMemo<RepositoryName & { sha: string; limit: number }, string[]>({
    ...forGood,
    load: (at) =>
      as(at.owner, "Contents (read)", async (o) => ({
        etag: undefined,
        value: await readLineage(o, at, at.sha, at.limit),
      })),
  });
  const comparisons = createMemo<RepositoryName & { base: string; head: string }, string[] | undefined>({
    ...forGood,
    load: (at) =>
      as(at.owner, "Contents (read)", async (o) => ({
        etag: undefined,
        value: await readChanges(o, at, at.base, at.head),
      })),
  });
  const jobs = createMemo<RepositoryName & { runId: number }, WorkflowJob[]>({
    ...memory,
    load: (at, etag) => as(at.owner, "Actions (read)", (o) => readJobs(o, at, at.runId, etag)),
  });
  /** By the repositories' numbers. */

  return {
    owners,
    repositories,
    whereabouts,
    commits,
    deliveries,
    runs,
    workflows,
    manifests,
    lineages,
    comparisons,
    jobs,
    /** It was made just now: a GitHub that does not show it yet is not believed. */
    isMade: ({ id }: Repository) => void made.set(id, clock.now().getTime()),
    /** Of what is named by commits nothing: that does not change. */
    forget(at: RepositoryName) {
      const concerns = (key: RepositoryName) => sameRepositoryName(key, at);
      for (const memo of [repositories, whereabouts, commits, runs, workflows, jobs]) memo.forget(concerns);
    },
  };
}
