/** A piece of Slack's mrkdwn. Text in it is plain: what draws it never parses it again. */
export type Mrkdwn =
  | { type: "text"; text: string }
  | { type: "bold" | "italic" | "strike" | "quote"; children: Mrkdwn[] }
  | { type: "code" | "preformatted"; text: string }
  | { type: "link"; url: string; label?: string }
  | { type: "user" | "channel" | "group"; id: string; label?: string }
  | { type: "broadcast"; range: string }
  | { type: "date"; timestamp: number; format: string; url?: string; fallback: string }
  | { type: "emoji"; name: string }
  | { type: "break" };

/**
 * mrkdwn as Slack shows it: https://docs.slack.dev/messaging/formatting-message-text
 * Quotes and code fences first, then what stands in a line.
 */
export function parseMrkdwn(source: string): Mrkdwn[] {
  const parts = source.split(/```([\s\S]*?)```/);
  return parts.flatMap((part, index): Mrkdwn[] => {
    if (index % 2 === 0) return parseLines(index === 0 ? part : part.replace(/^\n/, ""));
    return [{ type: "preformatted", text: unescapeText(plainLinks(part.replace(/^\n|\n$/g, ""))) }];
  });
}

function parseLines(source: string): Mrkdwn[] {
  if (source === "") return [];
  const pieces: Mrkdwn[] = [];
  let quoted: string[] = [];
  const lines = source.split("\n");
  const endQuote = () => {
    if (quoted.length > 0) pieces.push({ type: "quote", children: joinLines(quoted) });
    quoted = [];
  };
  let plain: string[] = [];
  const endPlain = () => {
    if (plain.length > 0) pieces.push(...joinLines(plain));
    plain = [];
  };
  for (const line of lines) {
    const quote = /^&gt; ?(.*)$/.exec(line) ?? /^> ?(.*)$/.exec(line);
    if (quote === null) {
      endQuote();
      plain.push(line);
    } else {
      endPlain();
      quoted.push(quote[1] ?? "");
    }
  }
  endQuote();
  endPlain();
  return pieces;
}

function joinLines(lines: string[]): Mrkdwn[] {
  return lines.flatMap((line, index): Mrkdwn[] => {
    const pieces = parseInline(line);
    return index === 0 ? pieces : [{ type: "break" }, ...pieces];
  });
}

// In Slack's order: code is literal, then <…>, then emphasis whose marks stand at a word's edge, then :emoji: and
// addresses that nobody marked as such.
const INLINE = new RegExp(
  [
    /`(?<code>[^`\n]+)`/u,
    /<(?<angled>[^<>\n]+)>/u,
    /(?<![\p{L}\p{N}*])\*(?!\s)(?<bold>[^*\n]+?)(?<!\s)\*(?![\p{L}\p{N}*])/u,
    /(?<![\p{L}\p{N}_])_(?!\s)(?<italic>[^\n]+?)(?<!\s)_(?![\p{L}\p{N}_])/u,
    /(?<![\p{L}\p{N}~])~(?!\s)(?<strike>[^~\n]+?)(?<!\s)~(?![\p{L}\p{N}~])/u,
    /(?<![\p{L}\p{N}:]):(?<emoji>[a-z0-9_+-]+):/u,
    /(?<![\p{L}\p{N}])(?<url>https?:\/\/[^\s<>|*_`]*[\p{L}\p{N}/=#])/u,
  ]
    .map(({ source }) => source)
    .join("|"),
  "gu",
);

function parseInline(source: string): Mrkdwn[] {
  const pieces: Mrkdwn[] = [];
  let end = 0;
  for (const match of source.matchAll(INLINE)) {
    if (match.index > end) pieces.push({ type: "text", text: unescapeText(source.slice(end, match.index)) });
    pieces.push(pieceOf(match));
    end = match.index + match[0].length;
  }
  if (end < source.length) pieces.push({ type: "text", text: unescapeText(source.slice(end)) });
  return pieces;
}

function pieceOf({ 0: whole, groups = {} }: RegExpExecArray): Mrkdwn {
  const { code, angled, bold, italic, strike, emoji, url } = groups;
  if (code !== undefined) return { type: "code", text: unescapeText(plainLinks(code)) };
  if (angled !== undefined) return parseAngled(angled);
  if (bold !== undefined) return { type: "bold", children: parseInline(bold) };
  if (italic !== undefined) return { type: "italic", children: parseInline(italic) };
  if (strike !== undefined) return { type: "strike", children: parseInline(strike) };
  if (emoji !== undefined) return { type: "emoji", name: emoji };
  if (url !== undefined) return { type: "link", url: unescapeText(url) };
  return { type: "text", text: whole };
}

function parseAngled(source: string): Mrkdwn {
  const bar = source.indexOf("|");
  const head = bar === -1 ? source : source.slice(0, bar);
  const label = bar === -1 ? undefined : unescapeText(source.slice(bar + 1));
  if (head.startsWith("@")) return { type: "user", id: head.slice(1), label };
  if (head.startsWith("#")) return { type: "channel", id: head.slice(1), label };
  if (head.startsWith("!subteam^")) return { type: "group", id: head.slice("!subteam^".length), label };
  const date = /^!date\^(\d+)\^([^^]*)(?:\^(.*))?$/.exec(head);
  if (date !== null) {
    const [, timestamp = "0", format = "", url] = date;
    return { type: "date", timestamp: Number(timestamp), format, url, fallback: label ?? "" };
  }
  if (head.startsWith("!")) return { type: "broadcast", range: head.slice(1) };
  return { type: "link", url: unescapeText(head), label };
}

/** Slack shows a link inside code as its label or address. */
function plainLinks(source: string): string {
  return source.replace(/<(https?:[^|>]*)(?:\|([^>]*))?>/g, (_, url: string, label?: string) => label ?? url);
}

/** Slack escapes these three and no others: https://docs.slack.dev/messaging/formatting-message-text#escaping */
function unescapeText(text: string): string {
  return text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");
}
