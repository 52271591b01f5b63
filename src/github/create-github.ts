import { setTimeout as sleep } from "node:timers/promises";
import type { Octokit } from "@octokit/rest";
import { type Fence, OPEN } from "../project/ports/fence.ts";
import type { GitHub, RepositoryName } from "../project/ports/github.ts";
import { sameRepositoryName } from "../project/same-repository-name.ts";
import { allowActions } from "./allow-actions.ts";
import { type CloneCredential, cloneCredential } from "./clone-credential.ts";
import { createClients, type GitHubAuth } from "./create-clients.ts";
import type { Log } from "./create-octokit.ts";
import { createReadings } from "./create-readings.ts";
import { createRepository } from "./create-repository.ts";
import { deletePackage } from "./delete-package.ts";
import { describeRepository } from "./describe-repository.ts";
import { ensureWebhook } from "./ensure-webhook.ts";
import { isStatus } from "./is-status.ts";
import { type Asking, problemOf } from "./problem-of.ts";
import { pushFirstCommit } from "./push-first-commit.ts";
import { readJobLog } from "./read-job-log.ts";
import { readStanding } from "./read-standing.ts";
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

/** A clone credential is given again while it has this long to live. */
const SPARE_MS = 30 * 60_000;

/** What GitHub calls it; where a classic token needs another scope for it, that too. */
type Permission = string | Pick<Asking, "permission" | "scope">;

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
    permission: Permission,
    ask: (octokit: Octokit) => Promise<T>,
  ): Promise<T> {
    try {
      return await ask(owner === undefined ? clients.self : await clients.of(owner));
    } catch (error) {
      if (isStatus(error, 304)) throw error; // For the memo, which knows the answer.
      throw problemOf(error, {
        ...(typeof permission === "string" ? { permission } : permission),
        where,
        now: clock.now(),
      });
    }
  }

  const readings = createReadings({ as, byToken: "token" in auth, freshMs: settings.freshMs ?? 3_000, clock });
  /** By the repositories' numbers. */
  const credentials = new Map<number, CloneCredential>();
  /** By the webhooks'. */
  const writtenSecrets = new Map<number, string>();

  /** A write, after which what was read before is not believed. */
  async function change<T>(
    at: RepositoryName,
    permission: Permission,
    ask: (octokit: Octokit) => Promise<T>,
  ): Promise<T> {
    try {
      return await as(at.owner, permission, ask);
    } finally {
      readings.forget(at);
    }
  }

  const key = ({ owner, name }: RepositoryName) => ({ owner, name });

  return {
    standing: (owner) => as(undefined, "Metadata (read)", () => readStanding(owner, auth, clients)),
    owner: (login) => readings.owners.read({ login }),
    repository: (owner, name) => readings.repositories.read({ owner, name }),
    locate: ({ owner, name }, id) => readings.whereabouts.read({ owner, name, id }),
    createRepository: (wanted) =>
      change(wanted, "Administration (write)", async (octokit) => {
        const owner = (await readings.owners.read({ login: wanted.owner })) ?? {
          login: wanted.owner,
          kind: "organization",
        };
        const repository = await createRepository(octokit, owner, wanted, pause);
        readings.isMade(repository);
        return repository;
      }),
    describeRepository: (standing, wanted) =>
      change(standing, "Administration (write)", (octokit) => describeRepository(octokit, standing, wanted)),
    deleteRepository: (at) =>
      change(at, { permission: "Administration (write)", scope: "delete_repo" }, async (octokit) => {
        await octokit.rest.repos.delete({ owner: at.owner, repo: at.name }).catch(goneIsFine);
      }),
    pushFirstCommit: (at, commit) => change(at, "Contents (write)", (o) => pushFirstCommit(o, at, commit, pause)),
    commit: (at, ref) => readings.commits.read({ ...key(at), ref }),
    allowActions: (at) => change(at, "Administration (write)", (octokit) => allowActions(octokit, at)),
    ensureWebhook: (at, hook) =>
      as(at.owner, "Webhooks (write)", async (octokit) => {
        const written = await ensureWebhook(octokit, at, hook, {
          secretKnown: (id) => writtenSecrets.get(id) === hook.secret,
          sleep: pause,
        });
        writtenSecrets.set(written.id, hook.secret);
        return written;
      }).finally(() => readings.deliveries.forget((known) => sameRepositoryName(known, at))),
    deleteWebhook: (at, id) =>
      as(at.owner, "Webhooks (write)", async (octokit) => {
        await octokit.rest.repos.deleteWebhook({ owner: at.owner, repo: at.name, hook_id: id }).catch(goneIsFine);
        writtenSecrets.delete(id);
      }),
    lastDelivery: (at, id) => readings.deliveries.read({ ...key(at), id }),
    runs: (at, { workflow, sha }) => readings.runs.read({ ...key(at), workflow, sha }),
    workflow: (at, file) => readings.workflows.read({ ...key(at), file }),
    async lineage(at, sha, limit) {
      const found = await readings.lineages.read({ ...key(at), sha, limit });
      // A commit of this moment may not be everywhere yet.
      if (found.length === 0) readings.lineages.forget((known) => known.sha === sha);
      return found;
    },
    changes: (at, base, head) => readings.comparisons.read({ ...key(at), base, head }),
    async manifests(at, sha) {
      const found = await readings.manifests.read({ ...key(at), sha });
      // A commit of this moment may not be everywhere yet.
      if (!found) readings.manifests.forget((known) => known.sha === sha);
      return found;
    },
    jobs: (at, runId) => readings.jobs.read({ ...key(at), runId }),
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
      as(owner, { permission: "Packages (write)", scope: "delete:packages" }, async (octokit) => {
        await deletePackage(octokit, await readings.owners.read({ login: owner }), name);
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
    invalidate: readings.forget,
  };
}

function goneIsFine(error: unknown): void {
  if (!isStatus(error, 404)) throw error;
}
