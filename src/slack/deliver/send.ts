import type { KnownBlock } from "@slack/types";
import { WebAPIRequestError, type WebClient } from "@slack/web-api";
import type { DesiredMessage } from "../thread.ts";
import { EVENT_TYPE } from "./find-posted.ts";

export type Dialect = "plan" | "sections" | "text";

/** What is the same for a message however it is sent. */
function content(message: DesiredMessage, dialect: Dialect, uid: string, project: string) {
  const blocks: KnownBlock[] = dialect === "text" ? [] : message.blocks[dialect];
  return {
    text: message.text,
    // An empty list takes the blocks away; leaving it out would too, since there is a text.
    blocks,
    parse: "none" as const,
    link_names: false,
    metadata: { event_type: EVENT_TYPE, event_payload: { project, uid, key: message.key } },
  };
}

/** Slack's name of a message: seconds, and microseconds to tell it from others. */
const TS = /^\d+\.\d+$/;

export interface Addressed {
  message: DesiredMessage;
  dialect: Dialect;
  project: string;
  uid: string;
}

/** Returns the new message's ts. */
export async function post(
  client: WebClient,
  { message, dialect, uid, project }: Addressed,
  root?: string,
): Promise<string> {
  const common = {
    ...content(message, dialect, uid, project),
    channel: message.channel,
    unfurl_links: false,
    unfurl_media: false,
  };
  const answer = await client.chat.postMessage(
    root === undefined
      ? common
      : message.broadcast
        ? { ...common, thread_ts: root, reply_broadcast: true as const }
        : { ...common, thread_ts: root },
  );
  // Posted, it seems, and nobody knows as which: to be looked for.
  if (!TS.test(String(answer.ts))) throw new WebAPIRequestError(new Error("chat.postMessage answered without a ts"));
  return String(answer.ts);
}

export async function update(
  client: WebClient,
  { message, dialect, uid, project }: Addressed,
  at: { channel: string; ts: string },
) {
  await client.chat.update({ ...content(message, dialect, uid, project), channel: at.channel, ts: at.ts });
}

export async function remove(client: WebClient, at: { channel: string; ts: string }) {
  await client.chat.delete(at);
}
