import type { FindingStatus } from "../../project/project.ts";
import { bareTitle } from "../../words/bare-title.ts";
import { type FindingSaid, findingSaid } from "../../words/finding-said.ts";
import type { Words } from "../../words/words.ts";

/** A finding in sentences. Without the facts that they need it has its title, and of a code without words that alone is told. */
export function findingWords({ code, params }: FindingStatus, words: Words): FindingSaid {
  const bare = bareTitle(code, words);
  const title = bare === code ? words.slack.finding.unnamed(code) : bare;
  return findingSaid(code, params, words) ?? { title, cause: "", impact: "", fix: "" };
}
