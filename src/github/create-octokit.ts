import { retry } from "@octokit/plugin-retry";
import { throttling } from "@octokit/plugin-throttling";
import { Octokit } from "@octokit/rest";
import type { Logger } from "pino";
import { createWritePace } from "./create-write-pace.ts";

export type Log = Pick<Logger, "debug" | "info" | "warn" | "error">;

export interface OctokitSettings {
  apiUrl: string;
  log: Log;
  /** Base of the retry plugin's 1, 4, 9 × back-off for 5xx answers. */
  retryBaseMs: number;
  /** A request that takes longer is given up, and tried again like a 5xx. */
  timeoutMs: number;
  writes: { burst: number; everyMs: number };
}

/** A rate limit that ends sooner is waited out here; a longer one becomes a Problem with a time. */
const WAIT_AT_MOST_SECONDS = 5;

const Client = Octokit.plugin(retry, throttling);

/** Octokit as everybody here uses it. `id` parts the throttling plugin's queues, one for each credential. */
export function createOctokit(
  settings: OctokitSettings,
  credential: { id: string; options: ConstructorParameters<typeof Octokit>[0] },
): Octokit {
  const { log } = settings;
  const worthWaiting = (seconds: number, retryCount: number) => seconds <= WAIT_AT_MOST_SECONDS && retryCount < 2;
  return new Client({
    ...credential.options,
    baseUrl: settings.apiUrl,
    userAgent: "slipway",
    // Octokit itself waits for ever, or for what the platform's fetch thinks is long enough (five minutes).
    request: {
      fetch: (url: string, init: RequestInit) =>
        fetch(url, { ...init, signal: init.signal ?? AbortSignal.timeout(settings.timeoutMs) }),
    },
    // Its warnings and errors come back as Problems; said twice they only alarm.
    log: {
      debug: () => {},
      info: () => {},
      warn: (message: string) => log.debug({ message }, "octokit"),
      error: (message: string) => log.debug({ message }, "octokit"),
    },
    retry: { retryAfterBaseValue: settings.retryBaseMs },
    throttle: {
      id: credential.id,
      write: createWritePace(settings.writes),
      // The plugin's limit handlers return whether to try again; its type says void.
      onRateLimit: (seconds, _options, _octokit, retryCount) => worthWaiting(seconds, retryCount),
      onSecondaryRateLimit: (seconds, _options, _octokit, retryCount) => worthWaiting(seconds, retryCount),
    },
  });
}
