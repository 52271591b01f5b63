import { setTimeout as sleep } from "node:timers/promises";
import type { Octokit } from "@octokit/rest";
import { type Fence, OPEN } from "../project/ports/fence.ts";
import type {
  Commit,
  GitHub,
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
import { allowActions } from "./allow-actions.ts";
import { type CloneCredential, cloneCredential } from "./clone-credential.ts";
import { createClients, type GitHubAuth } from "./create-clients.ts";
import { createMemo } from "./create-memo.ts";
import type { Log } from "./create-octokit.ts";
import { createRepository } from "./create-repository.ts";
import { deletePackage } from "./delete-package.ts";
import { describeRepository } from "./describe-repository.ts";
import { ensureWebhook } from "./ensure-webhook.ts";
import { isStatus } from "./is-status.ts";
import { lastDelivery } from "./last-delivery.ts";
import { locateRepository } from "./locate-repository.ts";
import { problemOf } from "./problem-of.ts";
import { pushFirstCommit } from "./push-first-commit.ts";
import { readChanges } from "./read-changes.ts";
import { readCommit } from "./read-commit.ts";
import { readJobLog } from "./read-job-log.ts";
import { readJobs } from "./read-jobs.ts";
import { readLineage } from "./read-lineage.ts";
import { readManifests } from "./read-manifests.ts";
import { type Owner, readOwner } from "./read-owner.ts";
import { readRepository } from "./read-repository.ts";
import { readRuns } from "./read-runs.ts";
import { readStanding } from "./read-standing.ts";
import { readWorkflow } from "./read-workflow.ts";
import type { Sleep } from "./until-ready.ts";

export interface GitHubSettings {
  /** `https://api.github.com`, or `https://<host>/api/v3` of a GitHub Enterprise Server. */
  apiUrl?: string;
  /** Where people look at repositories and git clones them: `https://github.com`. */
  serverUrl?: string;
  auth: GitHubAuth;
  clock: { now(): Date };
  log: Log;
  fence?: Fence;
  /** Handed in by tests. */
  sleep?: Sleep;
  /** How long an answer is taken for true before GitHub is asked whether it changed. */
  freshMs?: number;
  retryBaseMs?: number;
  timeoutMs?: number;
  writes?: { burst: number; everyMs: number };
}

/** What was made a moment ago is not shown by all of GitHub at once. */
const SETTLED_MS = 60_000;
/** How long a repository that is gone is taken to be so; a hint or a person who asks is answered at once. */
const GONE_MS = 300_000;
/** A clone credential is given again while it has this long to live. */
const SPARE_MS = 30 * 60_000;

export function createGitHub(settings: GitHubSettings): GitHub {
  const { clock, auth } = settings;
  const apiUrl = (settings.apiUrl ?? "https://api.github.com").replace(/\/$/, "");
  const serverUrl = (settings.serverUrl ?? "https://github.com").replace(/\/$/, "");
  const pause = settings.sleep ?? sleep;
  const clients = createClients(
    {
      apiUrl,
      log: settings.log,
      fence: settings.fence ?? OPEN,
      retryBaseMs: settings.retryBaseMs ?? 1_000,
      timeoutMs: settings.timeoutMs ?? 20_000,
      writes: settings.writes ?? { burst: 12, everyMs: 1_000 },
    },
    auth,
  );
  const where = "token" in auth ? `${serverUrl}/settings/tokens` : `${serverUrl}/settings/apps`;

  /** Every call goes through here: the owner's client in, a Problem out. */
  async function as<T>(
    owner: string | undefined,
    permission: string,
    ask: (octokit: Octokit) => Promise<T>,
  ): Promise<T> {
    try {
      return await ask(owner === undefined ? clients.self : await clients.of(owner));
    } catch (error) {
      if (isStatus(error, 304)) throw error; // For the memo, which knows the answer.
      throw problemOf(error, { permission, where, now: clock.now() });
    }
  }

  const memory = { clock, freshMs: settings.freshMs ?? 3_000 };
  const owners = createMemo<{ login: string }, Owner | undefined>({
    ...memory,
    load: ({ login }, etag) =>
      as("token" in auth ? undefined : login, "Metadata (read)", (o) => readOwner(o, login, etag)),
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
  const trees = new Map<string, boolean>();
  const jobs = createMemo<RepositoryName & { runId: number }, WorkflowJob[]>({
    ...memory,
    load: (at, etag) => as(at.owner, "Actions (read)", (o) => readJobs(o, at, at.runId, etag)),
  });
  /** By the repositories' numbers. */
  const credentials = new Map<number, CloneCredential>();
  /** Likewise, in milliseconds. */
  const made = new Map<number, number>();
  const writtenSecrets = new Map<number, string>();

  function invalidate(at: RepositoryName): void {
    const concerns = (key: RepositoryName) => sameRepositoryName(key, at);
    for (const memo of [repositories, whereabouts, commits, runs, workflows, jobs]) memo.forget(concerns);
  }

  /** A write, after which what was read before is not believed. */
  async function change<T>(at: RepositoryName, permission: string, ask: (octokit: Octokit) => Promise<T>): Promise<T> {
    try {
      return await as(at.owner, permission, ask);
    } finally {
      invalidate(at);
    }
  }

  const key = ({ owner, name }: RepositoryName) => ({ owner, name });

  return {
    standing: (owner) => as(undefined, "Metadata (read)", () => readStanding(owner, auth, clients)),
    owner: (login) => owners.read({ login }),
    repository: (owner, name) => repositories.read({ owner, name }),
    locate: ({ owner, name }, id) => whereabouts.read({ owner, name, id }),
    createRepository: (wanted) =>
      change(wanted, "Administration (write)", async (octokit) => {
        const owner = (await owners.read({ login: wanted.owner })) ?? { login: wanted.owner, kind: "organization" };
        const repository = await createRepository(octokit, owner, wanted, pause);
        made.set(repository.id, clock.now().getTime());
        return repository;
      }),
    describeRepository: (standing, wanted) =>
      change(standing, "Administration (write)", (octokit) => describeRepository(octokit, standing, wanted)),
    deleteRepository: (at) =>
      change(at, "Administration (write); of a classic token the scope delete_repo", async (octokit) => {
        await octokit.rest.repos.delete({ owner: at.owner, repo: at.name }).catch(goneIsFine);
      }),
    pushFirstCommit: (at, commit) => change(at, "Contents (write)", (o) => pushFirstCommit(o, at, commit, pause)),
    commit: (at, ref) => commits.read({ ...key(at), ref }),
    allowActions: (at) => change(at, "Administration (write)", (octokit) => allowActions(octokit, at)),
    ensureWebhook: (at, hook) =>
      as(at.owner, "Webhooks (write)", async (octokit) => {
        const written = await ensureWebhook(octokit, at, hook, {
          secretKnown: (id) => writtenSecrets.get(id) === hook.secret,
          sleep: pause,
        });
        writtenSecrets.set(written.id, hook.secret);
        return written;
      }),
    deleteWebhook: (at, id) =>
      as(at.owner, "Webhooks (write)", async (octokit) => {
        await octokit.rest.repos.deleteWebhook({ owner: at.owner, repo: at.name, hook_id: id }).catch(goneIsFine);
        writtenSecrets.delete(id);
      }),
    lastDelivery: (at, id) => as(at.owner, "Webhooks (read)", (octokit) => lastDelivery(octokit, at, id)),
    runs: (at, { workflow, sha }) => runs.read({ ...key(at), workflow, sha }),
    workflow: (at, file) => workflows.read({ ...key(at), file }),
    lineage: (at, sha, limit) => lineages.read({ ...key(at), sha, limit }),
    changes: (at, base, head) => comparisons.read({ ...key(at), base, head }),
    async manifests(at, sha) {
      const found = await manifests.read({ ...key(at), sha });
      // A commit of this moment may not be everywhere yet.
      if (!found) manifests.forget((known) => known.sha === sha);
      return found;
    },
    jobs: (at, runId) => jobs.read({ ...key(at), runId }),
    jobLog: (at, jobId, lines) => as(at.owner, "Actions (read)", (octokit) => readJobLog(octokit, at, jobId, lines)),
    rerunFailedJobs: (at, runId) =>
      change(at, "Actions (write)", async (octokit) => {
        await octokit.rest.actions.reRunWorkflowFailedJobs({ owner: at.owner, repo: at.name, run_id: runId });
      }),
    cancelRun: (at, runId) =>
      change(at, "Actions (write)", async (octokit) => {
        // 409: it has ended by itself.
        await octokit.rest.actions
          .cancelWorkflowRun({ owner: at.owner, repo: at.name, run_id: runId })
          .catch((error: unknown) => {
            if (!isStatus(error, 404, 409)) throw error;
          });
      }),
    deletePackage: (owner, name) =>
      as(owner, "Packages (write); of a classic token the scope delete:packages", async (octokit) => {
        await deletePackage(octokit, await owners.read({ login: owner }), name);
      }),
    cloneCredential: (at) =>
      as(at.owner, "Contents (read)", async (octokit) => {
        if ("token" in auth) return { username: "x-access-token", password: auth.token };
        const known = credentials.get(at.id);
        if (known?.expiresAt && known.expiresAt.getTime() - clock.now().getTime() > SPARE_MS) return known;
        const installationId = await clients.installationOf(at.owner);
        if (installationId === undefined) throw new Error("an App's client has an installation");
        const made = await cloneCredential(octokit, at.id, installationId);
        credentials.set(at.id, made);
        return made;
      }),
    invalidate,
  };
}

function goneIsFine(error: unknown): void {
  if (!isStatus(error, 404)) throw error;
}
