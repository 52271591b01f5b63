import { escapeText } from "./escape-text.ts";

/** A private-use character: no sentence of the catalogue holds one, and escaping leaves it alone. */
const SLOT = "\ue000";

/** A sentence of the catalogue, escaped, with a piece of mrkdwn (a mention, a link) where it has its blank. */
export function insert(sentence: (blank: string) => string, mrkdwn: string): string {
  return escapeText(sentence(SLOT)).replace(SLOT, () => mrkdwn);
}
