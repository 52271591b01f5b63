import { own } from "./own.ts";
import type { FindingWords, Words } from "./words.ts";

/** What a finding is called while nothing of the case is known: `Port … is blocked from outside`. */
export function bareTitle(code: string, words: Pick<Words, "findings">): string {
  const anything = new Proxy({}, { get: () => "…" });
  // Whatever fact a title asks for, it is given.
  return own<FindingWords<never>>(words.findings, code)?.title(anything as never) ?? code;
}
