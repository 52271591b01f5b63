import { onTestFinished } from "vitest";
import type { Controller } from "../../src/controller/controller.ts";
import { reconcile } from "../../src/controller/reconcile.ts";
import type { Ports } from "../../src/project/ports/ports.ts";
import type { Vantage } from "../../src/project/ports/probes.ts";
import { type Project, projectResource } from "../../src/project/project.ts";
import { createDelivery } from "../../src/slack/deliver/create-delivery.ts";
import { thread } from "../../src/slack/thread.ts";
import { readTemplates } from "../../src/template/read-templates.ts";
import { en } from "../../src/words/en/index.ts";
import { answered } from "../builders/objects.ts";
import { settings } from "../builders/settings.ts";
import { createWorld } from "../builders/world/create-world.ts";
import { createMemorySites } from "../builders/world/memory-sites.ts";
import type { RecordedProject } from "./recorded-project.ts";
import { replayThread } from "./replay-thread.ts";
import { standingCluster } from "./standing-cluster.ts";
import { storedGitHub } from "./stored-github.ts";

const templates = readTemplates([new URL("../../templates", import.meta.url).pathname]);
/** As the sandbox configures its bot. */
export const SETTINGS = settings({
  baseDomain: "recorded.test",
  defaultTemplate: "nextjs",
  publicUrl: "http://127.0.0.1:7404",
  webhookSecret: "sandbox-webhook-secret",
});

/**
 * This version of the bot, started a second after a Project was recorded: with that Project, its thread in a Slack and its
 * objects in a cluster, of which nothing changes by itself. `change`: what is stored otherwise than it was recorded.
 */
export async function storedWorld(recorded: RecordedProject, change: (stored: Stored) => void = () => {}) {
  const now = () => new Date(Date.parse(recorded.at) + 1000);
  const slack = await replayThread(recorded.messages, now);
  const stored = inChannel(recorded, slack.channel);
  change(stored);
  const cluster = standingCluster([...recorded.objects, ...SURROUNDINGS]);
  const { github, registry, memory } = storedGitHub(recorded, { now });
  const { controller: usual, projects } = createWorld({ now: now() });
  const project = projectResource.parse(stored);
  const { name } = project.metadata;
  projects.stored.set(name, project);

  const delivery = createDelivery({
    client: slack.client,
    clock: { now, sleep: resting },
    log: usual.log,
    leads: () => true,
    render: (each, at) => thread(each, en, at),
    onDelivered: (news) => controller.delivered.push(news),
    tell: () => {},
  });
  onTestFinished(() => delivery.stop());
  const controller: Controller = {
    ...usual,
    ports: { ...usual.ports, clock: { now }, cluster: cluster.cluster, github, registry, ...looking(now) },
    settings: SETTINGS,
    templates: await templates,
    // One that is removed would go at once where it counts as told, and what stands of it is to be looked at.
    messenger: { show: delivery.show, told: () => false, refuse: async () => {} },
    delivered: [],
    glanced: [],
  };

  const standing = (): Project => {
    const found = projects.stored.get(name);
    if (!found) throw new Error(`${name} is gone`);
    return found;
  };
  /** What is told and not recorded yet, and what is recorded: key → digest. */
  const told = () => ({
    ...Object.fromEntries(Object.entries(standing().status.messages).map(([key, { digest }]) => [key, digest])),
    ...Object.fromEntries(
      controller.delivered.flatMap((each) => ("key" in each ? [[each.key, each.record.digest]] : [])),
    ),
  });

  return {
    ...{ controller, cluster, memory, posted: slack.posted, edits: slack.edits, workspace: slack.workspace, standing },
    pass: () => reconcile(name, controller),
    /** Everything that should be said is said. */
    isTold: () => thread(standing(), en, now()).every(({ key, digest }) => told()[key] === digest),
  };
}

/** A Project as that version stored it. */
export interface Stored {
  spec: { intents: Record<string, { id: string; by: string; at: string }>; [field: string]: unknown };
  status: { messages: Record<string, unknown>; [field: string]: unknown };
}

/** A Slack gives its channels ids of its own. */
function inChannel({ project }: RecordedProject, channel: string): Stored {
  const { spec } = project as { spec?: { slack: { channel: string } } }; // as that version wrote it
  return JSON.parse(JSON.stringify(project).replaceAll(spec?.slack.channel ?? "", channel));
}

/** Nothing is due by the clock alone. */
function resting(_: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve) => signal?.addEventListener("abort", () => resolve()));
}

/** Everybody who looks at a URL is answered, from inside and from outside. */
export function looking(now: () => Date): Pick<Ports, "vantages" | "sites"> {
  const outcomes = { inside: answered(), outside: answered() };
  const vantages = (["inside", "outside"] as const).map(
    (side): Vantage => ({
      name: side,
      side,
      probe: async ({ url }) => {
        const { protocol, hostname: host } = new URL(url);
        const tls = protocol === "https:";
        const target = { host, port: tls ? 443 : 80, path: "/", tls };
        return { from: side, target, at: now(), outcome: outcomes[side] };
      },
    }),
  );
  return { vantages, sites: createMemorySites({ vantages, outcomes, control: () => undefined, clock: { now } }) };
}

/** What the testbed has beside the project's own. */
const SURROUNDINGS = [
  { apiVersion: "networking.k8s.io/v1", kind: "IngressClass", metadata: { name: "traefik" } },
  { apiVersion: "rbac.authorization.k8s.io/v1", kind: "ClusterRole", metadata: { name: "slipway-project" } },
  {
    apiVersion: "cert-manager.io/v1",
    kind: "ClusterIssuer",
    metadata: { name: "letsencrypt-prod" },
    status: { conditions: [{ type: "Ready", status: "True", reason: "ACMEAccountRegistered" }] },
  },
];
