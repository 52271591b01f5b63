import type { WebClient } from "@slack/web-api";
import { z } from "zod";
import type { RecordedMessage } from "../test/stored/recorded-project.ts";

const message = z.looseObject({
  ts: z.string(),
  thread_ts: z.string().optional(),
  subtype: z.string().optional(),
  text: z.string(),
  blocks: z.array(z.unknown()).optional(),
  metadata: z.object({
    event_type: z.string(),
    event_payload: z.object({ project: z.string(), uid: z.string(), key: z.string() }),
  }),
});

/** What was posted for a project: its roots in the channel and what is in their threads, each once, oldest first. */
export async function readThread(client: WebClient, channel: string, uid: string): Promise<RecordedMessage[]> {
  const { messages: roots = [] } = await client.conversations.history({
    ...{ channel, limit: 200, include_all_metadata: true },
  });
  const threads = await Promise.all(
    roots.flatMap((root) =>
      root.ts === undefined || (root.thread_ts !== undefined && root.thread_ts !== root.ts)
        ? []
        : [client.conversations.replies({ channel, ts: root.ts, limit: 200, include_all_metadata: true })],
    ),
  );
  const found = [...roots, ...threads.flatMap(({ messages = [] }) => messages)].flatMap((each) => {
    const parsed = message.safeParse(each);
    return parsed.success && parsed.data.metadata.event_payload.uid === uid ? [{ channel, ...parsed.data }] : [];
  });
  const once = new Map(found.map((each) => [each.ts, each]));
  return [...once.values()]
    .toSorted((a, b) => a.ts.localeCompare(b.ts))
    .map(({ channel, ts, thread_ts, subtype, text, blocks, metadata }) => ({
      ...{ channel, ts },
      ...(thread_ts !== undefined && { thread_ts }),
      ...(subtype !== undefined && { subtype }),
      ...{ text, ...(blocks && { blocks }), metadata },
    }));
}
