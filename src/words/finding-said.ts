import { type FindingCode, type FindingParams, findingParams } from "../project/finding-params/index.ts";
import type { Params } from "../project/params.ts";
import type { FindingWords, Words } from "./words.ts";

/** A finding in sentences. */
export interface FindingSaid {
  title: string;
  cause: string;
  impact: string;
  fix: string;
}

/**
 * What a finding says, stored perhaps by another version: undefined for a code that this one does not know, or without a
 * fact that its sentences cannot do without.
 */
export function findingSaid(code: string, params: Params, words: Words): FindingSaid | undefined {
  return isKnown(code) ? said(code, params, words) : undefined;
}

function said<Code extends FindingCode>(code: Code, params: Params, words: Words): FindingSaid | undefined {
  const parsed = findingParams[code].safeParse(params);
  if (!parsed.success) return undefined;
  // As its own schema has parsed them.
  const facts = parsed.data as FindingParams[Code];
  const { title, cause, impact, fix }: FindingWords<FindingParams[Code]> = words.findings[code];
  return { title: title(facts), cause: cause(facts), impact: impact(facts), fix: fix(facts) };
}

function isKnown(code: string): code is FindingCode {
  return Object.hasOwn(findingParams, code);
}
