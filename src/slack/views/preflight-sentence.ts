import type { Look } from "../../project/look.ts";
import { own } from "../../words/own.ts";
import type { Words } from "../../words/words.ts";

/** A failed check may be told by the finding that the launch would have met. */
export function preflightSentence(line: Look, words: Words): string {
  const params = line.params ?? {};
  return (
    own(words.preflight, line.reason)?.(params) ??
    own(words.findings, line.reason)?.cause(params) ??
    `${line.check}: ${line.reason}`
  );
}
