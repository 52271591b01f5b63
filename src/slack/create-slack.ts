import type { RequestListener } from "node:http";
import type { Doctor, SlackState } from "../project/ports/doctor.ts";
import type { Fence } from "../project/ports/fence.ts";
import type { Launcher } from "../project/ports/launcher.ts";
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
import { createNotices } from "./create-notices.ts";
import { createPermalink } from "./create-permalink.ts";
import { createDelivery } from "./deliver/create-delivery.ts";
import type { Desk, RemedyPress } from "./desk.ts";
import { listen } from "./listen.ts";
import type { Log } from "./log.ts";
import { lookAtSlack } from "./look-at-slack.ts";
import { thread } from "./thread.ts";

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
  access: AccessRules;
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
  /** A finding's own button was pressed (`check-again`); the others write intents. */
  onRemedy?: ((press: RemedyPress) => Promise<void>) | undefined;
}

export interface SlackSide {
  messenger: Messenger;
  /** Resolves once connected, or after five seconds while it goes on trying. */
  start(): Promise<void>;
  stop(): Promise<void>;
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
    onRemedy: options.onRemedy,
    permalink: createPermalink(client),
  };
  const delivery = createDelivery({
    client,
    clock,
    log,
    leads: options.leads ?? (() => true),
    render: (project, now) => thread(project, words, now),
    onDelivered: options.onDelivered,
    tell: notices.tell,
  });
  const { botToken, appToken, signingSecret } = options;
  const bolt = createBolt({ botToken, appToken, signingSecret, apiUrl, client, clock, log });
  listen(bolt.app, desk, (channel) => {
    delivery.wake(channel);
    options.onChannelOpened?.(channel);
  });

  return {
    messenger: { show: delivery.show },
    start: bolt.start,
    stop: async () => {
      await Promise.all([bolt.stop(), delivery.stop()]);
    },
    standDown: delivery.standDown,
    wake: delivery.wake,
    check: () =>
      lookAtSlack(client, appToken === undefined ? "http" : "socket", async () =>
        bolt.connected() ? undefined : "Socket Mode is not connected",
      ),
    doubtful: () => !heardWell || !bolt.connected(),
    requestListener: bolt.requestListener,
  };
}
