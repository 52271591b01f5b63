import { Refusal } from "../refusal.ts";

/** One page of a list, with the cursor of the next. https://docs.slack.dev/apis/web-api/pagination */
export function page<Entry>(
  entries: Entry[],
  asked: { cursor?: string | undefined; limit?: number | undefined },
  most: { usual: number; limit: number },
): { entries: Entry[]; next: string; hasMore: boolean } {
  const start = asked.cursor === undefined || asked.cursor === "" ? 0 : offsetOf(asked.cursor);
  const end = start + Math.min(asked.limit ?? most.usual, most.limit);
  const hasMore = end < entries.length;
  return {
    entries: entries.slice(start, end),
    next: hasMore ? Buffer.from(`next:${end}`).toString("base64") : "",
    hasMore,
  };
}

function offsetOf(cursor: string): number {
  const match = /^next:(\d+)$/.exec(Buffer.from(cursor, "base64").toString());
  if (match === null) throw new Refusal("invalid_cursor");
  return Number(match[1]);
}
