import type { Params } from "../project/params.ts";
import { type Reason, type ReasonParams, reasonParams } from "../project/reason-params.ts";
import type { Sentence, Words } from "./words.ts";

/**
 * What stands behind a stage's name; undefined for a reason that this version does not know, or without a fact that its
 * sentence cannot do without.
 */
export function reasonSaid(reason: string, params: Params, words: Words): string | undefined {
  return isKnown(reason) ? said(reason, params, words) : undefined;
}

function said<Name extends Reason>(reason: Name, params: Params, words: Words): string | undefined {
  const parsed = reasonParams[reason].safeParse(params);
  if (!parsed.success) return undefined;
  const sentence: Sentence<ReasonParams[Name]> = words.reasons[reason];
  // As its own schema has parsed them.
  return sentence(parsed.data as ReasonParams[Name]);
}

function isKnown(reason: string): reason is Reason {
  return Object.hasOwn(reasonParams, reason);
}
