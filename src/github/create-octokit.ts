import { retry } from "@octokit/plugin-retry";
import { throttling } from "@octokit/plugin-throttling";
import { Octokit } from "@octokit/rest";
import type { Logger } from "pino";
import type { Fence } from "../project/ports/fence.ts";
import { Problem } from "../project/problem.ts";
import { createWritePace } from "./create-write-pace.ts";
import { sendRequest } from "./send-request.ts";

export type Log = Pick<Logger, "debug" | "info" | "warn" | "error">;

export interface OctokitSettings {
  apiUrl: string;
  log: Log;
  fence: Fence;
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
  const octokit = new Client({
    ...credential.options,
    baseUrl: settings.apiUrl,
    userAgent: "slipway",
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
  // Registered last, so around the queues and retries of the others: of who calls, not of whose turn it then is.
  octokit.hook.wrap("request", async (request, options) => {
    const mayWrite = settings.fence.here();
    const send = (url: string, init: RequestInit) =>
      sendRequest(url, init, { mayWrite, timeoutMs: settings.timeoutMs });
    try {
      // In place: the hooks within are bound to these options already (before-after-hook/lib/register.js).
      options.request = { ...options.request, fetch: send };
      return await request(options);
    } catch (error) {
      throw error instanceof Error && error.cause instanceof Problem ? error.cause : error;
    }
  });
  return octokit;
}
