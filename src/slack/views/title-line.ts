import { link } from "./blocks.ts";
import { escapeText } from "./escape-text.ts";

/** `*rrr* · live · https://rrr.example.com`: the name bold, the address a link. */
export function titleLine(parts: string[], url?: string): string {
  const [name = "", ...rest] = parts;
  const shown = rest.map((part) => (part === url ? link(url, escapeText(part, 400)) : escapeText(part, 400)));
  return [`*${escapeText(name, 80)}*`, ...shown].join(" · ");
}
