import type { Params } from "../project/params.ts";
import { type Unread, type UnreadCode, type UnreadParams, unreadParams } from "../project/unread.ts";

/** A clause for each code. */
export type UnreadWords = { [Each in UnreadCode]: (params: UnreadParams[Each]) => string };

/**
 * Why nothing could be learned, in a clause. Given as it is, or as a status keeps it: there a version before wrote `detail`
 * alone, and one after may know codes that this one does not.
 */
export function unreadSaid(why: Unread | Params, sentences: UnreadWords): string {
  if (typeof why === "string") return why;
  const { because = "Said", from } = why;
  const clause = isKnown(because) ? said(because, why, sentences) : undefined;
  const whom = from === undefined ? "" : `${from}: `;
  return `${whom}${clause ?? ("detail" in why ? why.detail : "")}`;
}

function said<Code extends UnreadCode>(code: Code, why: Params, sentences: UnreadWords): string | undefined {
  const parsed = unreadParams[code].safeParse(why);
  if (!parsed.success) return undefined;
  const sentence: (params: UnreadParams[Code]) => string = sentences[code];
  // As its own schema has parsed them.
  return sentence(parsed.data as UnreadParams[Code]);
}

function isKnown(code: unknown): code is UnreadCode {
  return typeof code === "string" && Object.hasOwn(unreadParams, code);
}
