import { App, LogLevel, SocketModeReceiver } from "@slack/bolt";
import { WebClient } from "@slack/web-api";
import { onTestFinished } from "vitest";
import { createWorld } from "../../../src/sandbox/create-world.ts";
import type { ClientEvent } from "../../../src/sandbox/slack/client-api.ts";
import { startSlack } from "../../../src/sandbox/slack/start-slack.ts";
import type { RecordedCall } from "../../../src/sandbox/world.ts";

type Options = Omit<Parameters<typeof startSlack>[0], "port" | "host" | "world"> & { speed?: number };

// "error": the vendors' clients say on the console what a test provokes on purpose.
const quiet = LogLevel.ERROR;

/** A Slack of the test's own, with unmodified clients of it; everything ends with the test. */
export async function startWorkspace(options: Options = {}) {
  const calls: RecordedCall[] = [];
  const world = createWorld({ speed: options.speed ?? 1, record: (call) => void calls.push(call) });
  const slack = await startSlack({ port: 0, host: "127.0.0.1", world, ...options });
  onTestFinished(() => slack.close());
  const { workspace } = slack;
  const state = workspace.state();
  const idOf = (name: string) => state.channels.find((channel) => channel.name === name)?.id ?? "";

  const events: ClientEvent[] = [];
  const waiting = new Set<() => void>();
  workspace.events(workspace.you, (event) => {
    events.push(event);
    for (const look of waiting) look();
  });

  return {
    slack,
    workspace,
    calls,
    events,
    channels: { general: idOf("general"), launches: idOf("launches"), ops: idOf("ops") },
    you: workspace.you,
    botUserId: state.apps[0]?.botUserId ?? "",
    /** Unmodified @slack/web-api that does not retry, so that a test sees the first answer. */
    client: new WebClient(slack.botToken, {
      slackApiUrl: slack.apiUrl,
      rejectRateLimitedCalls: true,
      retryConfig: { retries: 0 },
      logger: silent,
    }),
    /** The first event, past or future, that `select` gives something for. */
    seen<Found>(select: (event: ClientEvent) => Found | undefined): Promise<Found> {
      return new Promise((resolve) => {
        const look = () => {
          for (const event of events) {
            const found = select(event);
            if (found === undefined) continue;
            waiting.delete(look);
            resolve(found);
            return;
          }
        };
        waiting.add(look);
        look();
      });
    },
    /** Unmodified Bolt over Socket Mode, connected. It comes back 20 ms after a lost connection, not after 5 s. */
    async startBolt(setUp: (app: App) => void) {
      const receiver = new SocketModeReceiver({
        appToken: slack.appToken,
        installerOptions: { clientOptions: { slackApiUrl: slack.apiUrl } },
        clientPingTimeout: 20,
        logLevel: quiet,
      });
      const app = new App({
        token: slack.botToken,
        receiver,
        clientOptions: { slackApiUrl: slack.apiUrl },
        logLevel: quiet,
      });
      setUp(app);
      await app.start();
      onTestFinished(async () => void (await receiver.client.disconnect()));
      return app;
    },
  };
}

const silent = {
  debug() {},
  info() {},
  warn() {},
  error() {},
  setLevel() {},
  setName() {},
  getLevel: () => quiet,
};
