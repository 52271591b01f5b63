import type { RequestListener } from "node:http";
import type { Doctor, SlackState } from "../project/ports/doctor.ts";
import type { Fence } from "../project/ports/fence.ts";
import type { Launcher } from "../project/ports/launcher.ts";
import type { People } from "../project/ports/people.ts";
import type { Projects } from "../project/ports/projects.ts";
import type { Delivered, Messenger } from "../project/ports/slack.ts";
import type { Settings } from "../project/settings.ts";
import type { Words } from "../words/words.ts";
import type { AccessRules } from "./access/access-file.ts";
import { createAccess } from "./access/create-access.ts";
import { createGroupMembers } from "./access/create-group-members.ts";
import { createBolt } from "./bolt/create-bolt.ts";
import type { Clock } from "./clock.ts";
import { createClient } from "./create-client.ts";
import { createHome } from "./create-home.ts";
import { createNotices } from "./create-notices.ts";
import { createPeople } from "./create-people.ts";
import { createPermalink } from "./create-permalink.ts";
import { createDelivery } from "./deliver/create-delivery.ts";
import type { Desk } from "./desk.ts";
import { listen } from "./listen.ts";
import type { Log } from "./log.ts";
import { lookAtSlack } from "./look-at-slack.ts";
import { thread } from "./thread.ts";
import { refusedCard } from "./views/refused-card.ts";
import { whisper } from "./whisper.ts";

export interface SlackOptions {
  botToken: string;
  /** Socket Mode; without it HTTP, and the signing secret is needed. */
  appToken?: string | undefined;
  signingSecret?: string | undefined;
  /** Base URL ending with a slash; default Slack's own. */
  apiUrl?: string | undefined;
  projects: Projects;
  launcher: Launcher;
  doctor: Doctor;
  settings: Settings;
  words: Words;
  access: () => AccessRules;
  clock: Clock;
  log: Log;
  /** Is what projects say ours to say? Asked before each message; by default it is. */
  leads?: (() => boolean) | undefined;
  /** Asked by each call that changes something, just before it is sent. */
  fence?: Fence | undefined;
  /** Told of each message that was posted or edited, and of Slack's refusals. */
  onDelivered: (delivered: Delivered) => void;
  /** A channel takes messages that may not have before; told to each replica, and here in case another one posts. */
  onChannelOpened?: ((channel: string) => void) | undefined;
}

export interface SlackSide {
  messenger: Messenger;
  people: People;
  /** Resolves once connected, or after five seconds while it goes on trying. */
  start(): Promise<void>;
  stop(): Promise<void>;
  /** Some project is other than it was: for what people look at, beside the threads. */
  changed(): void;
  /** Since when the cluster does not answer, for what is under way to say so; `undefined` once it does. */
  awaitCluster(since: Date | undefined): void;
  /** Another replica heard that this channel takes messages again. */
  wake(channel: string): void;
  /** The lease is lost: forgets what is still to be said, which the new leader says. */
  standDown(): void;
  /** Does Slack take the bot's token, and does what people say arrive? Asks Slack. For the doctor, and where it is doubtful. */
  check(): Promise<SlackState>;
  /** The last call came to nothing or the token was refused, or nothing arrives. Asks nobody. */
  doubtful(): boolean;
  /** HTTP mode only: node:http handler of POST /slack/events. */
  requestListener: RequestListener | undefined;
}

/** The bot's Slack side: what people say goes to `projects` as intents, what projects say goes to their threads. */
export function createSlack(options: SlackOptions): SlackSide {
  const { projects, launcher, settings, words, clock, log } = options;
  const apiUrl = options.apiUrl;
  let heardWell = true;
  const heard = (well: boolean) => {
    heardWell = well;
  };
  const client = createClient(options.botToken, { apiUrl, log, fence: options.fence, heard });
  const notices = createNotices({ client, words, log });
  const desk: Desk = {
    client,
    projects,
    launcher,
    doctor: options.doctor,
    settings,
    words,
    clock,
    log,
    notices,
    access: createAccess(options.access, words, createGroupMembers(client, clock, log)),
    permalink: createPermalink(client),
  };
  const delivery = createDelivery({
    client,
    clock,
    log,
    leads: options.leads ?? (() => true),
    render: (project, now, clusterAwaited) => thread(project, words, now, clusterAwaited),
    onDelivered: options.onDelivered,
    tell: notices.tell,
  });
  const { botToken, appToken, signingSecret } = options;
  const bolt = createBolt({ botToken, appToken, signingSecret, apiUrl, client, clock, log });
  const home = createHome(desk);
  listen(bolt.app, desk, home, (channel) => {
    delivery.wake(channel);
    options.onChannelOpened?.(channel);
  });

  return {
    messenger: {
      show: delivery.show,
      told: delivery.told,
      refuse: ({ metadata: { name }, spec: { slack }, status }) =>
        whisper(
          client,
          { person: slack.requestedBy, channel: slack.channel },
          refusedCard(name, status.preflight?.lines ?? [], undefined, words),
        ),
    },
    people: createPeople(client, clock),
    start: bolt.start,
    stop: async () => {
      home.stop();
      await Promise.all([bolt.stop(), delivery.stop()]);
    },
    standDown: delivery.standDown,
    awaitCluster: delivery.awaitCluster,
    changed: home.changed,
    wake: delivery.wake,
    check: () =>
      lookAtSlack(client, appToken === undefined ? "http" : "socket", async () =>
        bolt.connected() ? undefined : "Socket Mode is not connected",
      ),
    doubtful: () => !heardWell || !bolt.connected(),
    requestListener: bolt.requestListener,
  };
}
