import type { RequestListener } from "node:http";
import { App, HTTPReceiver } from "@slack/bolt";
import type { WebClient } from "@slack/web-api";
import { acknowledge } from "../acknowledge.ts";
import type { Clock } from "../clock.ts";
import { clientOptions } from "../create-client.ts";
import type { Log } from "../log.ts";
import { boltLogger } from "./bolt-logger.ts";
import { connectSocket } from "./connect-socket.ts";

export interface BoltOptions {
  botToken: string;
  appToken: string | undefined;
  signingSecret: string | undefined;
  apiUrl: string | undefined;
  client: WebClient;
  clock: Clock;
  log: Log;
}

export interface Bolt {
  app: App;
  start(): Promise<void>;
  stop(): Promise<void>;
  /** Does what people say arrive? Over HTTP that cannot be known. */
  connected(): boolean;
  /** HTTP mode: answers POST /slack/events. */
  requestListener: RequestListener | undefined;
}

/** The Bolt app: over Socket Mode with an app token, else over HTTP with the signing secret. */
export function createBolt(options: BoltOptions): Bolt {
  const { log, client } = options;
  const socket = options.appToken === undefined ? undefined : connectSocket({ ...options, appToken: options.appToken });
  const http = socket
    ? undefined
    : new HTTPReceiver({
        signingSecret: options.signingSecret ?? "",
        endpoints: "/slack/events",
        logger: boltLogger(log),
      });
  const identity = createIdentity(client, options.botToken, log);
  const receiver = socket?.receiver ?? http;
  if (!receiver) throw new Error("either Socket Mode or HTTP");
  const app = new App({
    receiver,
    // Bolt asks auth.test while it is constructed and rejects out of reach when Slack is down; nobody waits for it here.
    authorize: async () => identity.known(),
    clientOptions: clientOptions(options),
    logger: boltLogger(log),
    // Nothing of ours is kept between two events.
    convoStore: false,
  });
  const process = app.processEvent.bind(app);
  // Bolt acknowledges an event before anybody has heard it. Slack sends one again that is not acknowledged.
  app.processEvent = async (event) => {
    if (!("event" in event.body)) return process(event);
    const ack = async () => event.ack();
    await acknowledge({ ack, clock: options.clock }, () => process({ ...event, ack: async () => {} }));
  };
  app.error(async (error) => log.error({ err: error }, "a Slack event was not handled"));
  return {
    app,
    start: async () => {
      void identity.ask();
      await socket?.start();
    },
    stop: async () => socket?.stop(),
    connected: () => socket?.connected() ?? true,
    requestListener: http?.requestListener,
  };
}

/** Who the bot is, asked at the start and after a failure at each event, and waited for by none of them. */
function createIdentity(client: WebClient, botToken: string, log: Log) {
  let identity: { botId?: string; botUserId?: string } | undefined;
  let asking: Promise<void> | undefined;
  const ask = () => {
    asking ??= client.auth
      .test()
      .then(({ bot_id, user_id }) => {
        identity = {
          ...(bot_id !== undefined && { botId: bot_id }),
          ...(user_id !== undefined && { botUserId: user_id }),
        };
      })
      .catch((error: unknown) => log.warn({ err: error }, "Slack did not say who the bot is"))
      .finally(() => {
        asking = undefined;
      });
    return asking;
  };
  return {
    ask,
    known: () => {
      if (!identity) void ask();
      return { botToken, ...identity };
    },
  };
}
