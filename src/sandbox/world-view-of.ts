import { z } from "zod";
import { cloneUrlOf } from "./clone-url-of.ts";
import type { Store } from "./cluster/index.ts";
import type { ObjectView, WorldView } from "./console/index.ts";
import type { Sandbox } from "./sandbox.ts";
import type { Director } from "./scenarios/director.ts";
import { scenarios } from "./scenarios/index.ts";

const CALLS = 200;

/** Kinds that tell how a project is doing, in the order they come alive. */
const KINDS: readonly (readonly [apiVersion: string, kind: string])[] = [
  ["slipway.dev/v1alpha1", "Project"],
  ["source.toolkit.fluxcd.io/v1", "GitRepository"],
  ["kustomize.toolkit.fluxcd.io/v1", "Kustomization"],
  ["apps/v1", "Deployment"],
  ["v1", "Pod"],
  ["networking.k8s.io/v1", "Ingress"],
  ["cert-manager.io/v1", "Certificate"],
];

const seen = z.object({
  phase: z.string().optional(),
  conditions: z.array(z.object({ type: z.string(), status: z.string(), message: z.string().default("") })).default([]),
  containerStatuses: z
    .array(
      z.object({
        ready: z.boolean().default(false),
        state: z
          .object({ waiting: z.object({ reason: z.string(), message: z.string().default("") }).optional() })
          .default({}),
      }),
    )
    .default([]),
});

/** The world behind the chat, for the console's drawer. */
export function worldViewOf(sandbox: Sandbox, director: Director): WorldView {
  const { world, github, cluster, calls, slack, environment } = sandbox;
  return {
    clock: { now: world.clock.now().toISOString(), speed: world.clock.speed },
    scenarios: scenarios
      .filter(({ simulatedOnly }) => !simulatedOnly || cluster.simulated !== undefined)
      .map(({ name, title, description }) => ({ name, title, description, active: director.active(name) })),
    repositories: github.overview().repositories.map((repository) => ({
      fullName: repository.fullName,
      url: repository.url,
      cloneUrl: cloneUrlOf(github, repository.fullName),
      runs: repository.runs.map((run) => ({
        ...run,
        jobs: run.jobs.map((job) => ({
          ...job,
          steps: job.step === null ? [] : [{ name: job.step, status: job.status, conclusion: job.conclusion }],
        })),
      })),
    })),
    objects: cluster.simulated ? objectsOf(cluster.simulated.store) : [],
    calls: calls.slice(-CALLS).map((call) => ({ ...call, at: call.at.toISOString() })),
    links: [
      { title: "GitHub", text: github.url, href: github.url },
      { title: "Cluster", text: `kubectl --kubeconfig ${sandbox.kubeconfigFile} get projects -A` },
      {
        title: "Bot",
        text: `http://127.0.0.1:${environment.METRICS_PORT}/readyz`,
        href: `http://127.0.0.1:${environment.METRICS_PORT}/readyz`,
      },
      { title: "Slack API", text: slack.apiUrl },
    ],
  };
}

function objectsOf(store: Store): ObjectView[] {
  return KINDS.flatMap(([apiVersion, kind]) => listed(store, apiVersion, kind))
    .filter(({ metadata }) => !["kube-system", "flux-system", "cert-manager"].includes(metadata.namespace ?? ""))
    .map((object) => {
      const status = seen.safeParse(object.status ?? {}).data;
      const ready = status?.conditions.find(({ type }) => type === "Ready" || type === "Available");
      const waiting = status?.containerStatuses.find(({ state }) => state.waiting)?.state.waiting;
      return {
        kind: object.kind,
        ...(object.metadata.namespace === undefined ? {} : { namespace: object.metadata.namespace }),
        name: object.metadata.name,
        state: stateOf(object.kind, status?.phase, ready?.status),
        message: waiting ? `${waiting.reason}: ${waiting.message}` : (ready?.message ?? ""),
      };
    });
}

function stateOf(kind: string, phase: string | undefined, ready: string | undefined): string {
  if (kind === "Ingress") return "ready";
  if (kind === "Project") return phase === "Live" ? "ready" : phase === "Failed" ? "failed" : "progressing";
  if (ready === "True") return "ready";
  return ready === "False" && kind !== "Pod" && kind !== "Deployment" ? "failed" : "progressing";
}

/** A kind whose CustomResourceDefinition is not there yet has no objects. */
function listed(store: Store, apiVersion: string, kind: string) {
  try {
    return store.list(apiVersion, kind);
  } catch {
    return [];
  }
}
