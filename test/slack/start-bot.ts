import { setTimeout as sleep } from "node:timers/promises";
import { onTestFinished } from "vitest";
import { lastWish } from "../../src/project/last-wish.ts";
import type { Doctor } from "../../src/project/ports/doctor.ts";
import type { Launcher, Preflight } from "../../src/project/ports/launcher.ts";
import type { Projects } from "../../src/project/ports/projects.ts";
import type { Delivered } from "../../src/project/ports/slack.ts";
import { Problem } from "../../src/project/problem.ts";
import { type Project, type ProjectStatus, projectResource } from "../../src/project/project.ts";
import type { UnreadableProject } from "../../src/project/read-project.ts";
import type { Settings } from "../../src/project/settings.ts";
import type { WishKind } from "../../src/project/wishes.ts";
import type { ClientEvent, ClientMessage, ClientView } from "../../src/sandbox/slack/client-api.ts";
import type { AccessRules } from "../../src/slack/access/access-file.ts";
import { OPEN_ACCESS } from "../../src/slack/access/access-file.ts";
import type { Clock } from "../../src/slack/clock.ts";
import { createSlack, type SlackSide } from "../../src/slack/create-slack.ts";
import { en } from "../../src/words/en/index.ts";
import { startWorkspace } from "../sandbox/slack/start-workspace.ts";

export const settings: Settings = {
  owner: "acme",
  baseDomain: "example.com",
  registryHost: "ghcr.io",
  publicUrl: undefined,
  webhookSecret: undefined,
  clusterIssuer: undefined,
  ingressClass: undefined,
  namespace: "slipway-system",
  defaultTemplate: "nextjs",
  routeScheme: undefined,
  routePort: undefined,
};

export const clock: Clock = {
  now: () => new Date(),
  sleep: (milliseconds, signal) => sleep(Math.max(0, milliseconds), undefined, signal && { signal }).catch(() => {}),
};

/** Finds nothing, of anything. */
export const wellDoctor: Doctor = {
  examine: async () => [],
  examineProject: async () => ({ at: new Date(), lines: [], findings: [], unknown: [] }),
};

export const silent = { debug() {}, info() {}, warn() {}, error() {} };

/** Nothing stands in the way. */
const well = (repository: string): Preflight => ({
  ok: true,
  lines: [{ check: "repository", state: "ok", reason: "RepositoryFree", params: { repository } }],
});

/** The sandbox's Slack with our bot in it, Socket Mode, and `Projects` and `Launcher` in memory. */
export async function startBot(
  options: {
    preflight?: (name: string) => Partial<Preflight>;
    /** What the leader waits for before it looks at a new Project. */
    before?: Promise<void>;
    /** Nobody looks at it. */
    leaderless?: boolean;
    access?: () => AccessRules;
    unreadable?: UnreadableProject[];
    doctor?: Partial<Doctor>;
    workspace?: Parameters<typeof startWorkspace>[0];
    clock?: Clock;
    onChannelOpened?: (channel: string) => void;
    /** What was recorded of messages before this bot started, by project. */
    forgetRecords?: boolean;
  } = {},
) {
  // Simulated speed: the limits' windows are shorter, the code is the same.
  const slack = await startWorkspace({ speed: 50, ...options.workspace });
  const stored = new Map<string, Project>();
  const unreadable = [...(options.unreadable ?? [])];
  const delivered: Delivered[] = [];
  const created: string[] = [];
  let side: SlackSide | undefined;

  const save = (project: Project) => {
    stored.set(project.metadata.name, project);
    side?.messenger.show(project);
    return project;
  };
  const read = (name: string): Project => {
    const project = stored.get(name);
    if (!project) throw new Problem("object-missing", { evidence: name });
    return project;
  };
  /** As a leader looks at it first. */
  const admit = async (made: Project) => {
    await options.before;
    const { name } = made.metadata;
    const { ok, lines } = { ...well(`acme/${name}`), ...options.preflight?.(name) };
    const at = new Date().toISOString();
    const status = { ...made.status, preflight: { at, lines }, launch: ok ? { startedAt: at } : {} };
    if (!options.leaderless) save({ ...made, status: { ...status, phase: ok ? "Launching" : "Refused" } });
  };
  const specOf: Launcher["specOf"] = (request) => ({
    spec: {
      owner: request.owner ?? "acme",
      repository: request.name,
      workflow: "build.yml",
      template: request.template ?? "nextjs",
      visibility: request.visibility ?? "private",
      environments: (request.environments ?? ["production"]).map((name) => ({
        name,
        namespace: request.name,
        host: request.domain ?? `${request.name}.example.com`,
        replicas: 1,
        follow: "branch" as const,
      })),
      slack: { channel: request.channel, requestedBy: request.requestedBy },
      wishes: {},
      intents: {},
    },
  });
  const projects: Projects = {
    get: async (name) => {
      const fault = unreadable.find((each) => each.name === name)?.fault;
      const { namespace } = settings;
      if (fault) throw new Problem("project-unreadable", { params: { name, namespace, ...fault }, evidence: "" });
      return stored.get(name);
    },
    list: async () => ({ projects: [...stored.values()], unreadable }),
    create: async (name, spec) => {
      if (!["Removed", "Refused"].includes(stored.get(name)?.status.phase ?? "Removed"))
        throw new Problem("project-exists", { params: { name }, evidence: name });
      created.push(name);
      const made = projectResource.parse({
        apiVersion: "slipway.dev/v1alpha1",
        kind: "Project",
        metadata: { name, uid: `uid-${name}`, creationTimestamp: new Date().toISOString() },
        spec,
      });
      void admit(save(made));
      return made;
    },
    wish: async (name, { id, ...wish }) => {
      const project = read(name);
      return save({ ...project, spec: { ...project.spec, wishes: { ...project.spec.wishes, [id]: wish } } });
    },
    forgetWishes: async (name) => read(name),
    writeEnvironments: async (project, environments) => save({ ...project, spec: { ...project.spec, environments } }),
    writeStatus: async (project, status) => save({ ...project, status }),
    hold: async (project) => project,
    delete: async ({ metadata: { name, uid } }) => {
      if (stored.get(name)?.metadata.uid === uid) stored.delete(name);
    },
  };
  const launcher: Launcher = {
    templates: () => [
      { name: "nextjs", title: "Next.js", description: "A site with Next.js" },
      { name: "node-service", title: "Node service", description: "An HTTP service in TypeScript" },
    ],
    specOf,
    preflight: async (request) => ({
      ...well(`acme/${request.name}`),
      ...specOf(request),
      ...options.preflight?.(request.name),
    }),
    plan: async (_spec, name) => [
      { kind: "Repository", name: `acme/${name}` },
      { kind: "Webhook", name: "https://slipway.example.com/github/webhooks" },
      { kind: "Namespace", name },
      { kind: "Secret", name: "registry-pull", namespace: name },
      { kind: "Kustomization", name, namespace: name },
    ],
  };

  const start = async () => {
    const started = createSlack({
      botToken: slack.slack.botToken,
      appToken: slack.slack.appToken,
      apiUrl: slack.slack.apiUrl,
      projects,
      launcher,
      doctor: { ...wellDoctor, ...options.doctor },
      settings,
      words: en,
      access: options.access ?? (() => OPEN_ACCESS),
      clock: options.clock ?? clock,
      log: silent,
      onChannelOpened: options.onChannelOpened,
      onDelivered: (news) => {
        delivered.push(news);
        const project = stored.get(news.project);
        if (!project || !("key" in news) || options.forgetRecords) return;
        // Recorded as the controller does, without another show.
        const messages = { ...project.status.messages, [news.key]: news.record };
        stored.set(news.project, { ...project, status: { ...project.status, messages } });
      },
    });
    side = started;
    await started.start();
    // Under a hasty clock the bot's own patience ends before it is connected.
    await slack.workspace.connected();
    return started;
  };
  await start();
  onTestFinished(async () => side?.stop());

  return {
    ...slack,
    stored,
    delivered,
    created,
    projects,
    launcher,
    restart: async () => {
      await side?.stop();
      return start();
    },
    side: () => side,
    /** Types a line as the sandbox's person, in #launches. */
    type: (text: string, channel = "launches", person = slack.you) => slack.workspace.say({ person, channel, text }),
    /** Launches a project by the command, and waits for its root message. */
    launch: async (name: string, person = slack.you) => {
      await slack.workspace.say({ person, channel: "launches", text: `/project create ${name}` });
      return slack.seen((event) =>
        isMessage(event) && event.message.text.startsWith(`${name} · launching`) && !event.message.ephemeral
          ? event.message
          : undefined,
      );
    },
    /** Who asked last for that, and when. */
    asked: (name: string, kind: WishKind) => lastWish(read(name), kind),
    /** What is stored under its name cannot be read from here on. */
    spoil: (spoilt: UnreadableProject) => {
      stored.delete(spoilt.name);
      unreadable.push(spoilt);
    },
    setStatus: (name: string, status: Partial<ProjectStatus>) =>
      save({ ...read(name), status: { ...read(name).status, ...status } }),
    message: (select: (message: ClientMessage) => boolean) =>
      slack.seen((event) => (isMessage(event) && select(event.message) ? event.message : undefined)),
    modal: () => slack.seen((event) => (event.type === "view_opened" ? event.view : undefined)),
  };
}

function isMessage(event: ClientEvent): event is Extract<ClientEvent, { type: "message" | "message_changed" }> {
  return event.type === "message" || event.type === "message_changed";
}

export type Bot = Awaited<ReturnType<typeof startBot>>;
export type { ClientMessage, ClientView };
