import { randomUUID } from "node:crypto";
import { hostname } from "node:os";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { pino } from "pino";
import { connect } from "./cluster/connect.ts";
import { createCluster } from "./cluster/create-cluster.ts";
import { createLease } from "./cluster/create-lease.ts";
import { readVersion } from "./cluster/read-version.ts";
import { createRequest } from "./cluster/request.ts";
import { type Config, ConfigError } from "./config.ts";
import type { Controller } from "./controller/controller.ts";
import { createConfirmation } from "./controller/create-confirmation.ts";
import { createUnderway } from "./controller/create-underway.ts";
import { glance } from "./controller/glance.ts";
import { createLeadership } from "./controller/leadership.ts";
import { createQueue } from "./controller/queue.ts";
import { reconcile } from "./controller/reconcile.ts";
import { schedule } from "./cron/schedule.ts";
import { createAbsences } from "./diagnosis/create-absences.ts";
import { rules } from "./diagnosis/rules/index.ts";
import { createDoctor } from "./doctor/create-doctor.ts";
import { evidence } from "./evidence/index.ts";
import { startHttp } from "./http/start-http.ts";
import { startMetrics } from "./http/start-metrics.ts";
import type { Delivered } from "./project/ports/slack.ts";
import { watchAccessFile } from "./slack/access/watch-access-file.ts";
import { createSlack } from "./slack/create-slack.ts";
import { watchHealth } from "./slack/watch-health.ts";
import { channelOf } from "./start/channel-of.ts";
import { createClock } from "./start/create-clock.ts";
import { createFence } from "./start/create-fence.ts";
import { createGlances } from "./start/create-glances.ts";
import { createHints } from "./start/create-hints.ts";
import { createPorts } from "./start/create-ports.ts";
import { metricsOf } from "./start/metrics-of.ts";
import { readinessOf } from "./start/readiness-of.ts";
import { repositoryOf } from "./start/repository-of.ts";
import { routesOf } from "./start/routes-of.ts";
import { trackedOf } from "./start/tracked-of.ts";
import { createLauncher } from "./steps/create-launcher.ts";
import { steps } from "./steps/index.ts";
import { readTemplates } from "./template/read-templates.ts";
import { en } from "./words/en/index.ts";

const WORKERS = 8;
const SLACK_CHECK_MS = 60_000;
/** For as long as a lease lasts that is not let go of. */
const IN_STEP_MS = 15_000;

export interface Running {
  /** Where webhooks and Slack's requests arrive. */
  url: string;
  metricsUrl: string;
  stop(): Promise<void>;
}

/** The composition root: this file, and what stands in its folder, are all that know everybody. */
export async function start(config: Config): Promise<Running> {
  const log = pino({ level: config.logLevel, base: undefined });
  const clock = createClock();
  const { settings } = config;
  const templates = await readTemplates([
    fileURLToPath(new URL("../templates", import.meta.url)),
    ...(config.templatesDir === undefined ? [] : [config.templatesDir]),
  ]);
  const access = await watchAccessFile(config.accessFile, log).catch((error: Error) => {
    throw new ConfigError([`ACCESS_FILE ${config.accessFile} cannot be used: ${error.message}`]);
  });

  const delivered: Delivered[] = [];
  const fence = createFence();
  const connection = await connect(config.cluster.kubeconfig, config.cluster.contexts[0]);
  const cluster = createCluster({
    evidence,
    connection,
    namespace: settings.namespace,
    onHint: (name) => {
      glances.hint(name);
      ports.sites.soon(name);
      slack.changed();
    },
    onPoke: (project) => repositoryOf(project).forEach(hints.forget),
    onChannelOpened: (project) => {
      const channel = channelOf(project);
      if (channel !== undefined) slack.wake(channel);
    },
    clock,
    log,
    fence,
  });
  const request = createRequest(connection, fence);
  const onSeen = (name: string) => queue.add(name);
  const ports = createPorts(config, {
    ...{ cluster, request, clock, log, fence, onSeen },
    people: { idOf: (email) => slack.people.idOf(email) },
  });
  const lease = createLease(request, { namespace: settings.namespace, name: "slipway" });
  // As client-go proposes where nothing else tells processes apart: a host may run two of us.
  const identity = config.podName ?? `${hostname()}_${randomUUID()}`;
  const doctor = createDoctor(
    {
      ports,
      settings,
      forget: () => {
        cluster.forget();
        ports.registry.forget();
      },
      version: () => readVersion(request),
      watches: async () => cluster.watches(),
      lease,
      identity,
      slack: () => slack.check(),
      access: async () => access.state(),
    },
    rules,
  );
  const slack = createSlack({
    botToken: config.slack.botToken,
    apiUrl: config.slack.apiUrl,
    ...(config.slack.mode.kind === "socket"
      ? { appToken: config.slack.mode.appToken }
      : { signingSecret: config.slack.mode.signingSecret }),
    projects: ports.projects,
    launcher: createLauncher({ ports, settings, templates, steps }),
    doctor,
    settings,
    words: en,
    access: access.rules,
    clock,
    log,
    onDelivered: (each) => {
      delivered.push(each);
      queue.add(each.project);
    },
    leads: () => leadership.term() !== undefined,
    fence,
    onChannelOpened: (channel) => hints.channelOpened(channel),
  });
  const controller: Controller = {
    ports,
    settings,
    steps,
    rules,
    templates,
    words: en,
    messenger: slack.messenger,
    confirmation: createConfirmation(),
    absences: createAbsences(),
    underway: createUnderway(),
    delivered,
    glanced: [],
    log,
  };
  const queue = createQueue({
    work: async (name) => {
      const term = leadership.term();
      return term ? fence.run(term, () => reconcile(name, controller)) : {};
    },
    workers: WORKERS,
    onError: (project, error, failures) => log.warn({ project, error, failures }, "reconcile failed"),
    now: clock.now,
  });

  const glances = createGlances({
    glance: async (name) => {
      const term = leadership.term();
      return term !== undefined && fence.run(term, () => glance(name, controller));
    },
    enqueue: (name) => queue.add(name),
    workers: WORKERS,
    now: clock.now,
    log,
  });

  const hints = createHints({
    ports,
    settings,
    request,
    projects: cluster.projects,
    leads: () => leadership.term() !== undefined,
    enqueue: (name) => queue.add(name),
    now: clock.now,
    log,
  });
  queue.pause();
  glances.pause();
  // A kind that cannot be listed is told of, and does not keep the others from being looked after.
  const inStep = Promise.race([cluster.synced, sleep(IN_STEP_MS, undefined, { ref: false })]);
  const leadership = createLeadership({
    lease,
    identity,
    after: inStep,
    lead,
    unanswered: slack.awaitCluster,
    clock,
    log,
  });

  const routes = routesOf({
    webhookSecret: settings.webhookSecret,
    slack: slack.requestListener,
    onHint: hints.repository,
    log,
  });
  const http = await startHttp({ port: config.port, host: config.host, routes });
  await slack.start();
  const slackHealth = await watchHealth(slack.check, slack.doubtful, SLACK_CHECK_MS);
  const metrics = await startMetrics({
    port: config.metricsPort,
    host: config.host,
    registry: metricsOf({
      queue: () => queue.length,
      leads: () => leadership.term() !== undefined,
      watches: cluster.watches,
    }),
    ready,
  });
  log.info({ url: http.url, templates: templates.length }, "started");

  /** What one replica does; commands, buttons and webhooks are taken by all of them. */
  function lead(): () => void {
    delivered.length = 0;
    controller.glanced.length = 0;
    queue.resume();
    glances.resume();
    for (const { metadata } of cluster.projects()) {
      queue.add(metadata.name, "due");
      // Of a thousand the last comes to its pass after minutes.
      glances.due(metadata.name);
    }
    // From the watch: of thousands of Projects a list each half minute would be most of what the API server does.
    const projects = { list: async () => trackedOf(cluster.projects()) };
    const cron = schedule({ projects, enqueue: (name) => queue.add(name, "due"), now: clock.now }, log);
    return () => {
      queue.pause();
      glances.pause();
      ports.sites.stop();
      slack.standDown();
      void cron.stop();
    };
  }

  function ready() {
    const others = [slackHealth.problem(), leadership.problem()];
    return readinessOf({ watches: cluster.problems(), forbidden: cluster.forbidden(), others });
  }

  return {
    url: http.url,
    metricsUrl: metrics.url,
    async stop() {
      slackHealth.stop();
      access.stop();
      await slack.stop();
      await Promise.all([glances.stop(), queue.stop(), hints.stop()]);
      // Only now: the next leader begins at its next look.
      await leadership.stop();
      cluster.stop();
      await Promise.all([http.close(), metrics.close()]);
    },
  };
}
