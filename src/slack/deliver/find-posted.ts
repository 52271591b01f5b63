import { WebAPIRequestError, type WebClient } from "@slack/web-api";

export const EVENT_TYPE = "slipway";

/**
 * What was posted for a project in a channel (its roots) or in one thread, read back from Slack by the metadata on
 * each message: what a crash between posting and recording would otherwise post twice. Key → ts.
 */
export async function findPosted(
  client: WebClient,
  where: { channel: string; root?: string; uid: string; since: Date },
): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  let cursor: string | undefined;
  // A minute early: Slack's clock and ours differ.
  const oldest = String(where.since.getTime() / 1000 - 60);
  for (let page = 0; page < PAGES; page += 1) {
    const options = {
      channel: where.channel,
      include_all_metadata: true,
      limit: 200,
      ...(cursor !== undefined && { cursor }),
    };
    const answer =
      where.root === undefined
        ? await client.conversations.history({ ...options, oldest })
        : await client.conversations.replies({ ...options, ts: where.root });
    // No list is not an empty one: taken for that, everything would be posted again.
    if (!Array.isArray(answer.messages)) throw new WebAPIRequestError(new Error("the history is no list"));
    for (const message of answer.messages) {
      const { metadata, ts } = message;
      const payload = metadata?.event_payload;
      if (ts === undefined || metadata?.event_type !== EVENT_TYPE || !isOurs(payload) || payload.uid !== where.uid)
        continue;
      // The first one counts, should there be two.
      const known = found.get(payload.key);
      if (known === undefined || ts < known) found.set(payload.key, ts);
    }
    cursor = answer.response_metadata?.next_cursor;
    if (!cursor) break;
  }
  return found;
}

/** Ten pages of 200: beyond that a channel is so busy that a message from before a crash is long out of sight. */
const PAGES = 10;

function isOurs(payload: unknown): payload is { uid: string; key: string } {
  if (typeof payload !== "object" || payload === null) return false;
  return "uid" in payload && typeof payload.uid === "string" && "key" in payload && typeof payload.key === "string";
}
