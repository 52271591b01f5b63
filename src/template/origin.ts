import { delimiters } from "./delimiters.ts";

// Code points for private use: printable for YAML, and in no template. Open, the source's line, then the value, close.
const OPEN = "\uE000";
const LINE_END = "\uE001";
const CLOSE = "\uE002";

const MARK = new RegExp(`${OPEN}(\\d+)${LINE_END}|${CLOSE}`, "g");
const OUTPUT_END = new RegExp(`-?${escapeRegExp(delimiters.outputRight)}`, "g");

/**
 * A template's source, changed so that each string that a variable puts into the output is marked with the line
 * it comes from. The output then tells which scalars of a YAML file derive from a variable.
 */
export function traceOrigins(source: string): string {
  return source.replace(OUTPUT_END, (end, offset: number) => `| origin: ${lineAt(source, offset)} ${end}`);
}

/** The filter `origin`. The marks go inside of quotes, so that a quoted scalar is still one. */
export function markOrigin(value: unknown, line: unknown): unknown {
  if (typeof value !== "string") return value;
  const quoted = /^"(.*)"$/s.exec(value);
  return quoted ? `"${OPEN}${line}${LINE_END}${quoted[1]}${CLOSE}"` : `${OPEN}${line}${LINE_END}${value}${CLOSE}`;
}

/** The text without marks, and the line of its first mark; `broken` where a value does not end within the text. */
export function readOrigin(marked: string): { text: string; line: number | undefined; broken: boolean } {
  let depth = 0;
  let broken = false;
  let line: number | undefined;
  const text = marked.replace(MARK, (mark, at: string | undefined) => {
    depth += mark === CLOSE ? -1 : 1;
    broken ||= depth < 0 || depth > 1;
    if (at !== undefined) line ??= Number(at);
    return "";
  });
  return { text, line, broken: broken || depth !== 0 };
}

function lineAt(text: string, offset: number): number {
  return text.slice(0, offset).split("\n").length;
}

function escapeRegExp(text: string): string {
  return text.replace(/[\]\\^$.*+?()[{}|]/g, "\\$&");
}
