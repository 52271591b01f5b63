import { messageLines } from "./message-lines.ts";
import type { ClientMessage } from "./slack/client-api.ts";

/**
 * Prints messages as they come and change: on a terminal the newest root in place, elsewhere only the lines that
 * are new.
 */
export function createPrinter(
  out: { isTTY?: boolean; write(text: string): unknown },
  nameOf: (person: string) => string = (person) => person,
): (message: ClientMessage) => void {
  const printed = new Map<string, string[]>();
  let drawn: { ts: string; height: number } | undefined;
  return (message) => {
    const inThread = message.thread_ts !== undefined && message.thread_ts !== message.ts;
    const lines = messageLines(message).map(
      (line) =>
        `${inThread ? "    ↳ " : message.ephemeral ? "  (to you) " : ""}${line.replace(/<@(\w+)>/g, (_, person: string) => `@${nameOf(person)}`)}`,
    );
    const before = printed.get(message.ts) ?? [];
    printed.set(message.ts, lines);
    if (!out.isTTY) {
      for (const line of lines) if (!before.some((each) => settled(each) === settled(line))) out.write(`${line}\n`);
      return;
    }
    if (drawn?.ts === message.ts) out.write(`\u001b[${drawn.height}A\u001b[0J`);
    out.write(`${lines.join("\n")}\n`);
    drawn = { ts: message.ts, height: lines.length };
  };
}

/** Without what only tells the time. */
function settled(line: string): string {
  return line.replace(/\d+:\d\d|about [^·]*left|\d+ (s|min)\b/g, "");
}
