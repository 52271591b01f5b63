import type { Mrkdwn } from "./parse-mrkdwn.ts";

export type MarkdownBlock =
  | { type: "heading"; level: number; children: Mrkdwn[] }
  | { type: "paragraph" | "quote"; children: Mrkdwn[] }
  | { type: "list"; ordered: boolean; items: Mrkdwn[][] }
  | { type: "preformatted"; text: string }
  | { type: "rule" };

const LINE = {
  heading: /^(#{1,6})\s+(.*?)\s*#*$/,
  rule: /^\s*(?:-{3,}|\*{3,}|_{3,})\s*$/,
  bullet: /^\s*[-*+]\s+(.*)$/,
  number: /^\s*\d+[.)]\s+(.*)$/,
  quote: /^>\s?(.*)$/,
};

/** The part of Markdown that Slack's markdown block is used for: https://docs.slack.dev/reference/block-kit/blocks/markdown-block */
export function parseMarkdown(source: string): MarkdownBlock[] {
  return source.split(/^```.*\n([\s\S]*?)^```\s*$/m).flatMap((part, index): MarkdownBlock[] => {
    if (index % 2 === 1) return [{ type: "preformatted", text: part.replace(/\n$/, "") }];
    return part.split(/\n\s*\n/).flatMap(parseParagraph);
  });
}

function parseParagraph(source: string): MarkdownBlock[] {
  const blocks: MarkdownBlock[] = [];
  for (const line of source.split("\n").filter((line) => line.trim() !== "")) {
    const last = blocks.at(-1);
    const heading = LINE.heading.exec(line);
    const bullet = LINE.bullet.exec(line);
    const item = bullet ?? LINE.number.exec(line);
    const quote = LINE.quote.exec(line);
    if (LINE.rule.test(line)) blocks.push({ type: "rule" });
    else if (heading !== null) {
      blocks.push({ type: "heading", level: heading[1]?.length ?? 1, children: parseInline(heading[2] ?? "") });
    } else if (item !== null) {
      const ordered = bullet === null;
      const content = parseInline(item[1] ?? "");
      if (last?.type === "list" && last.ordered === ordered) last.items.push(content);
      else blocks.push({ type: "list", ordered, items: [content] });
    } else {
      const type = quote === null ? "paragraph" : "quote";
      const content = parseInline(quote?.[1] ?? line.trim());
      if (last?.type === type) last.children.push({ type: "break" }, ...content);
      else blocks.push({ type, children: content });
    }
  }
  return blocks;
}

const INLINE =
  /`([^`\n]+)`|\[([^\]\n]+)\]\(([^)\s]+)\)|\*\*([^\n]+?)\*\*|__([^\n]+?)__|(?<![\w*])\*(?!\s)([^*\n]+?)\*|(?<![\w_])_(?!\s)([^_\n]+?)_(?!\w)|~~([^\n]+?)~~|<?(https?:\/\/[^\s<>]*[^\s<>.,;:!?)])>?|:([a-z0-9_+-]+):/g;

function parseInline(source: string): Mrkdwn[] {
  const pieces: Mrkdwn[] = [];
  let end = 0;
  for (const match of source.matchAll(INLINE)) {
    if (match.index > end) pieces.push({ type: "text", text: source.slice(end, match.index) });
    pieces.push(pieceOf(match));
    end = match.index + match[0].length;
  }
  if (end < source.length) pieces.push({ type: "text", text: source.slice(end) });
  return pieces;
}

function pieceOf(match: RegExpExecArray): Mrkdwn {
  const [whole, code, label, target, bold, bold2, italic, italic2, strike, url, emoji] = match;
  if (code !== undefined) return { type: "code", text: code };
  if (label !== undefined && target !== undefined) return { type: "link", url: target, label };
  const strong = bold ?? bold2;
  if (strong !== undefined) return { type: "bold", children: parseInline(strong) };
  const emphasised = italic ?? italic2;
  if (emphasised !== undefined) return { type: "italic", children: parseInline(emphasised) };
  if (strike !== undefined) return { type: "strike", children: parseInline(strike) };
  if (url !== undefined) return { type: "link", url };
  if (emoji !== undefined) return { type: "emoji", name: emoji };
  return { type: "text", text: whole };
}
