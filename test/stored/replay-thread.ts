import { WebClient } from "@slack/web-api";
import { onTestFinished } from "vitest";
import { createWorld } from "../../src/sandbox/shared/create-world.ts";
import type { ClientMessage } from "../../src/sandbox/slack/client-api.ts";
import { startSlack } from "../../src/sandbox/slack/start-slack.ts";
import type { RecordedMessage } from "./recorded-project.ts";

/**
 * The sandbox's Slack where the recorded messages stand in #launches, posted anew by Slack's own client: at their own
 * times, so that each has the timestamp that it had. What is posted and edited from then on is counted.
 */
export async function replayThread(messages: readonly RecordedMessage[], now: () => Date) {
  const { clock, ...rest } = createWorld({});
  let at: Date | undefined;
  const world = { ...rest, clock: { ...clock, now: () => at ?? now() } };
  const slack = await startSlack({ port: 0, host: "127.0.0.1", world, rateLimits: false });
  onTestFinished(() => slack.close());
  const { workspace, botToken, apiUrl } = slack;
  const channel = workspace.state().channels.find(({ name }) => name === "launches")?.id ?? "";
  const client = new WebClient(botToken, { slackApiUrl: apiUrl, retryConfig: { retries: 0 } });
  for (const { ts, thread_ts, subtype, text, blocks = [], metadata } of messages) {
    at = new Date(Math.floor(Number(ts) * 1000));
    // As Slack gave them.
    const common = { channel, text, metadata, blocks: blocks as never[] };
    const inThread = thread_ts === undefined || thread_ts === ts ? undefined : { ...common, thread_ts };
    const broadcast = subtype === "thread_broadcast" && { reply_broadcast: true as const };
    const posted = await client.chat.postMessage(inThread ? { ...inThread, ...broadcast } : common);
    if (posted.ts !== ts) throw new Error(`posted as ${posted.ts}, not as ${ts}`);
  }
  at = undefined;

  const posted: ClientMessage[] = [];
  const edits = new Map<string, number>();
  workspace.events(undefined, (event) => {
    if (event.type === "message") posted.push(event.message);
    if (event.type === "message_changed") edits.set(event.message.ts, (edits.get(event.message.ts) ?? 0) + 1);
  });
  return { client, channel, workspace, posted, edits };
}
