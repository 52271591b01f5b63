import { Problem } from "../project/problem.ts";
import type { Words } from "../words/words.ts";

/** What a person hears where what they wished failed. */
export function failureSentence(error: unknown, { findings, slack }: Words): string {
  if (!(error instanceof Problem)) return slack.failed.unexpected;
  const said = findings[error.code];
  if (!said) return slack.failed.unexpected;
  return [said.cause(error.params), said.fix(error.params)].filter((part) => part !== "").join(" ");
}
