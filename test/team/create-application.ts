import { request } from "node:http";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { vi } from "vitest";
import { cloneUrlOf } from "../../src/sandbox/clone-url-of.ts";
import type { Application } from "./application.ts";
import { checkout, type Push } from "./checkout.ts";
import { fieldOf } from "./field-of.ts";
import type { Thread } from "./reading.ts";
import type { Team } from "./team.ts";

const OWNER = "acme";
/** Nothing more comes once nothing has come for this long. */
const QUIET_MS = 4_000;

const SOLVER = "acme.cert-manager.io/http01-solver";

const NOTHING: Thread = {
  root: { ts: "", text: "", versions: [], pings: false, isBroadcast: false },
  replies: [],
  text: "",
  ever: "",
  pings: false,
};

export function createApplication(team: Team, name: string, channel: string): Application {
  const { sandbox, store, octokit, reading } = team;
  const at = { owner: OWNER, repo: name };
  const threads = () => reading.threads(channel);
  const threadsOf = ({ title }: Pick<Push, "title">) => threads().filter(({ root }) => root.text.includes(title));
  const objects = (apiVersion: string, kind: string) => store.list(apiVersion, kind, { namespace: name });
  const object = (apiVersion: string, kind: string, named = name) =>
    store.get({ apiVersion, kind, namespace: name, name: named });

  async function runOf({ sha }: Pick<Push, "sha">) {
    const { data } = await octokit.actions.listWorkflowRuns({ ...at, workflow_id: "build.yml", head_sha: sha });
    const [run] = data.workflow_runs;
    return run && { id: run.id, status: run.status, conclusion: run.conclusion, attempt: run.run_attempt ?? 1 };
  }

  return {
    name,
    channel,
    at,
    threads,
    launch() {
      const [first] = threads();
      if (!first) throw new Error(`${name} has no card`);
      return first;
    },
    threadsOf,
    thread: (push) => threadsOf(push)[0] ?? NOTHING,
    text: () =>
      threads()
        .map(({ text }) => text)
        .join("\n"),
    ask: (verb) => team.ask(channel, `/project ${verb} ${name}`),
    async settle({ title }, seconds = 90) {
      const limit = Date.now() + seconds * 1000;
      const settled = () => threadsOf({ title }).some(({ root }) => !/◐|deploying/.test(root.text));
      while (Date.now() < limit && !settled()) await sleep(500);
    },
    async rest(seconds = 30) {
      const limit = Date.now() + seconds * 1000;
      const since = Date.now();
      while (Date.now() < limit) {
        if (Date.now() - Math.max(since, reading.changedAt(channel)) > QUIET_MS) return;
        await sleep(200);
      }
    },
    clone: () => checkout(cloneUrlOf(sandbox.github, `${OWNER}/${name}`), join(sandbox.dataDir, "checkouts", name)),
    runOf,
    async untilRun(push, status, attempt = 1) {
      await vi.waitFor(
        async () => {
          const run = await runOf(push);
          if (run?.status !== status || run.attempt !== attempt)
            throw new Error(`attempt ${run?.attempt} of the run of ${push.short} is ${run?.status}, not ${status}`);
        },
        { timeout: 120_000, interval: 500 },
      );
    },
    objects,
    object,
    images: () =>
      objects("v1", "Pod")
        .filter(({ metadata }) => metadata.deletionTimestamp === undefined && !metadata.labels?.[SOLVER])
        .map((pod) => String(fieldOf(pod, "spec", "containers", 0, "image"))),
    replicas: () => fieldOf(object("apps/v1", "Deployment"), "spec", "replicas"),
    applied: () =>
      String(fieldOf(object("kustomize.toolkit.fluxcd.io/v1", "Kustomization"), "status", "lastAppliedRevision")),
    site: (host = `${name}.localhost`) => {
      // The C library resolves `*.localhost` on few machines, so the address is given.
      const url = new URL(sandbox.cluster.simulated?.routeUrl(host) ?? "");
      return new Promise((resolve) => {
        const asked = request({ host: "127.0.0.1", port: url.port, headers: { host: url.host } }, (answer) => {
          answer.resume();
          resolve(answer.statusCode ?? 0);
        });
        asked.on("error", (error) => resolve(error.message));
        asked.end();
      });
    },
  };
}
