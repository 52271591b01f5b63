import { stripVTControlCharacters } from "node:util";
import { maskSecrets } from "../project/mask-secrets.ts";

/** What languages and people begin a reason with. */
const TELLING =
  /error|exception|fatal|panic|fail|cannot|can't|unable|denied|refused|missing|required|not found|caused by/i;
/** A line of a stack trace: `    at main (server.js:3:7)`, `\t/app/main.go:12 +0x1d`, `  File "app.py", line 3`. */
const FRAME = /^\s+(at |File "|\S+:\d+)/;

/**
 * Of what a container wrote last the one line that tells most: the last that looks like a reason, else the very last.
 * Strangers' words: secrets masked, before anything is cut from them. Empty where it wrote nothing.
 */
export function lastWords(written: string): string {
  const lines = maskSecrets(stripVTControlCharacters(written))
    .split("\n")
    .filter((line) => line.trim() !== "" && !FRAME.test(line))
    .map((line) => line.trim());
  return lines.findLast((line) => TELLING.test(line)) ?? lines.at(-1) ?? "";
}
