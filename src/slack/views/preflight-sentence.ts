import type { StoredLook } from "../../project/look.ts";
import { findingSaid } from "../../words/finding-said.ts";
import { own } from "../../words/own.ts";
import type { Sentence, Words } from "../../words/words.ts";

/** A failed check may be told by the finding that the launch would have met. */
export function preflightSentence(line: StoredLook, words: Words): string {
  const params = line.params ?? {};
  return (
    own<Sentence>(words.preflight, line.reason)?.(params) ??
    findingSaid(line.reason, params, words)?.cause ??
    `${line.check}: ${line.reason}`
  );
}
