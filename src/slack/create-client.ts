import { WebClient } from "@slack/web-api";
import type { Fence } from "../project/ports/fence.ts";
import { boltLogger } from "./bolt/bolt-logger.ts";
import { fetchSlack } from "./fetch-slack.ts";
import type { Log } from "./log.ts";

interface ClientOptions {
  apiUrl: string | undefined;
  log: Log;
  /** Asked before each call that changes something. */
  fence?: Fence | undefined;
  /** Of each call: whether Slack answered and took the token. */
  heard?: (well: boolean) => void;
}

/**
 * Slack's client without its own patience: by default it tries for half an hour, so that an old edit may land after a
 * newer one (https://docs.slack.dev/tools/node-slack-sdk/web-api/#automatic-retries). Who calls decides what a refusal means.
 */
export function createClient(botToken: string, options: ClientOptions & { timeoutMs?: number }): WebClient {
  return new WebClient(botToken, {
    ...clientOptions(options),
    // A lane of messages must not hang on one call.
    timeout: options.timeoutMs ?? 10_000,
  });
}

export function clientOptions(options: ClientOptions) {
  return {
    ...(options.apiUrl !== undefined && { slackApiUrl: options.apiUrl }),
    logger: boltLogger(options.log),
    fetch: fetchSlack(options.apiUrl, options),
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    // What waits in its queue is begun by whoever ends: in somebody else's name, where the fence asks in whose.
    maxRequestConcurrency: Number.POSITIVE_INFINITY,
  };
}
