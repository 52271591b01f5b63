import { Problem } from "../project/problem.ts";
import { findingSaid } from "../words/finding-said.ts";
import type { Words } from "../words/words.ts";

/** What a person hears where what they wished failed. */
export function failureSentence(error: unknown, words: Words): string {
  if (!(error instanceof Problem)) return words.slack.failed.unexpected;
  const said = findingSaid(error.code, error.params, words);
  if (!said) return words.slack.failed.unexpected;
  return [said.cause, said.fix].filter((part) => part !== "").join(" ");
}
