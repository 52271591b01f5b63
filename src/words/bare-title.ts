import { own } from "./own.ts";
import type { Words } from "./words.ts";

/** What a finding is called while nothing of the case is known: `Port … is blocked from outside`. */
export function bareTitle(code: string, words: Words): string {
  const anything = new Proxy<Record<string, string>>({}, { get: () => "…" });
  return own(words.findings, code)?.title(anything) ?? code;
}
