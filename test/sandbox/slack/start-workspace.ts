import type { App } from "@slack/bolt";
import { LogLevel, WebClient } from "@slack/web-api";
import { onTestFinished } from "vitest";
import { createWorld } from "../../../src/sandbox/shared/create-world.ts";
import type { RecordedCall, World } from "../../../src/sandbox/shared/world.ts";
import type { ClientEvent } from "../../../src/sandbox/slack/client-api.ts";
import { startSlack } from "../../../src/sandbox/slack/start-slack.ts";

type Options = Omit<Parameters<typeof startSlack>[0], "port" | "host" | "world"> & { speed?: number };

/** A Slack of the test's own, with unmodified clients of it; everything ends with the test. */
export async function startWorkspace(options: Options = {}) {
  const calls: RecordedCall[] = [];
  const { clock, ...rest } = createWorld({ speed: options.speed ?? 1, record: (call) => void calls.push(call) });
  let ahead = 0;
  const world: World = {
    ...rest,
    clock: {
      now: () => new Date(clock.now().getTime() + ahead),
      sleep: clock.sleep,
      setSpeed: clock.setSpeed,
      get speed() {
        return clock.speed;
      },
    },
  };
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
    /** Puts the workspace's clock forward. */
    elapse(milliseconds: number) {
      ahead += milliseconds;
    },
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
    /**
     * Unmodified Bolt over Socket Mode, connected. `clientPingTimeout` is how soon it gives a silent connection up and
     * how long it waits before it comes back.
     */
    async startBolt(setUp: (app: App) => void, clientPingTimeout = 5000) {
      // Bolt takes long to load, and half of the tests need none.
      const { App, SocketModeReceiver } = await import("@slack/bolt");
      const receiver = new SocketModeReceiver({
        appToken: slack.appToken,
        installerOptions: { clientOptions: { slackApiUrl: slack.apiUrl } },
        clientPingTimeout,
        logger: silent,
      });
      const app = new App({
        token: slack.botToken,
        receiver,
        clientOptions: { slackApiUrl: slack.apiUrl },
        logger: silent,
      });
      setUp(app);
      await app.start();
      onTestFinished(async () => void (await receiver.client.disconnect()));
      return app;
    },
  };
}

// The vendors' clients would say on the console what a test provokes on purpose.
const silent = {
  debug() {},
  info() {},
  warn() {},
  error() {},
  setLevel() {},
  setName() {},
  getLevel: () => LogLevel.ERROR,
};
