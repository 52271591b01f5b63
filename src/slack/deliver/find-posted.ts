import { WebAPIRequestError, type WebClient } from "@slack/web-api";

export const EVENT_TYPE = "slipway";

/** One message of ours as Slack has it. */
export interface Posted {
  ts: string;
  /** People, or we, have a thread under it. */
  hasReplies: boolean;
}

/**
 * What was posted for a project in a channel (its roots) or in one thread, read back from Slack by the metadata on
 * each message: what a crash between posting and recording would otherwise post twice. Key → the oldest first; more than
 * one are copies.
 */
export async function findPosted(
  client: WebClient,
  where: { channel: string; root?: string; uid: string; since: Date },
): Promise<Map<string, Posted[]>> {
  const found = new Map<string, Posted[]>();
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
    for (const { metadata, ts, reply_count } of answer.messages) {
      const payload = metadata?.event_payload;
      if (ts === undefined || metadata?.event_type !== EVENT_TYPE || !isOurs(payload) || payload.uid !== where.uid)
        continue;
      const known = found.get(payload.key) ?? [];
      // A page may begin with what the one before it ended with.
      if (known.some((each) => each.ts === ts)) continue;
      const all = [...known, { ts, hasReplies: (reply_count ?? 0) > 0 }];
      found.set(
        payload.key,
        all.toSorted((a, b) => Number(a.ts) - Number(b.ts)),
      );
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
