import type { WebClient } from "@slack/web-api";

/** Messages' addresses, asked once each; without an answer there is no link, and nothing waits for one. */
export function createPermalink(client: WebClient): (channel: string, ts: string) => Promise<string | undefined> {
  const known = new Map<string, string>();
  return async (channel, ts) => {
    const key = `${channel} ${ts}`;
    const cached = known.get(key);
    if (cached !== undefined) return cached;
    try {
      const { permalink } = await client.chat.getPermalink({ channel, message_ts: ts });
      if (permalink !== undefined) known.set(key, permalink);
      return permalink;
    } catch {
      return undefined;
    }
  };
}
