import type { WebClient } from "@slack/web-api";
import type { Reply } from "./call.ts";

/** To one person: in the channel or thread where they are, else as a direct message. */
export async function whisper(
  client: WebClient,
  to: { person: string; channel: string | undefined; thread?: string | undefined },
  { text, blocks }: Reply,
): Promise<void> {
  if (to.channel !== undefined) {
    const thread = to.thread !== undefined && { thread_ts: to.thread };
    const seen = await client.chat
      .postEphemeral({ channel: to.channel, user: to.person, text, blocks, ...thread })
      .then(() => true)
      // Not in the channel, archived, a direct message: there is the other way.
      .catch(() => false);
    if (seen) return;
  }
  const { channel } = await client.conversations.open({ users: to.person });
  if (channel?.id !== undefined)
    await client.chat.postMessage({ channel: channel.id, text, blocks, unfurl_links: false });
}
