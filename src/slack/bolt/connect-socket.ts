import { SocketModeReceiver } from "@slack/bolt";
import type { Clock } from "../clock.ts";
import { clientOptions } from "../create-client.ts";
import type { Log } from "../log.ts";
import { boltLogger } from "./bolt-logger.ts";

export interface Socket {
  receiver: SocketModeReceiver;
  /** Resolves with the first connection, or after `patience`, while it goes on trying. */
  start(): Promise<void>;
  stop(): Promise<void>;
  connected(): boolean;
}

/**
 * Socket Mode that comes back by itself. The client's own reconnecting gives up, with a rejection nobody can catch,
 * when `apps.connections.open` fails once (SocketModeClient.retrieveWSSURL in @slack/socket-mode 3): so it is off,
 * and the connection is made again here, at once after Slack's regular `disconnect`, later and later after failures.
 */
export function connectSocket(options: {
  appToken: string;
  apiUrl: string | undefined;
  clock: Clock;
  log: Log;
}): Socket {
  const { clock, log } = options;
  const receiver = new SocketModeReceiver({
    appToken: options.appToken,
    logger: boltLogger(log),
    autoReconnectEnabled: false,
    installerOptions: { clientOptions: { ...clientOptions(options), timeout: 10_000 } },
  });
  const end = new AbortController();
  let running: Promise<void> | undefined;
  let isConnected = false;

  async function keepConnected(connected: () => void): Promise<void> {
    let failures = 0;
    while (!end.signal.aborted) {
      try {
        await receiver.client.start();
        failures = 0;
        isConnected = true;
        connected();
        await new Promise<void>((resolve) => receiver.client.once("disconnected", () => resolve()));
        isConnected = false;
      } catch (error) {
        failures += 1;
        log.warn({ err: error, failures }, "Socket Mode did not connect");
      }
      if (!end.signal.aborted && failures > 0) await clock.sleep(Math.min(60_000, 500 * 2 ** failures), end.signal);
    }
  }

  return {
    receiver,
    start: async () => {
      await new Promise<void>((resolve) => {
        running = keepConnected(resolve);
        void clock.sleep(PATIENCE, end.signal).then(resolve);
      });
    },
    connected: () => isConnected,
    stop: async () => {
      end.abort();
      await receiver.stop().catch(() => {});
      await running;
    },
  };
}

/** The bot is useful without Slack (launches go on), so its start does not wait for long. */
const PATIENCE = 5_000;
