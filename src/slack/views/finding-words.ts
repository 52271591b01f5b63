import type { FindingStatus } from "../../project/project.ts";
import { own } from "../../words/own.ts";
import type { Words } from "../../words/words.ts";

/** A finding in sentences. A code without words keeps its name: better a bare code than nothing. */
export function findingWords(
  found: FindingStatus,
  words: Words,
): { title: string; cause: string; impact: string; fix: string } {
  const said = own(words.findings, found.code);
  if (!said) return { title: words.slack.finding.unnamed(found.code), cause: "", impact: "", fix: "" };
  return {
    title: said.title(found.params),
    cause: said.cause(found.params),
    impact: said.impact(found.params),
    fix: said.fix(found.params),
  };
}
