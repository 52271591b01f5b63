/** What is said to a person and not to a command: `please, status of rrr?` */
const POLITE = /^(?:(?:please|hey|hi|hello)[,!]?\s+)+/i;
const BETWEEN = /^(\S+)\s+(?:(?:of|for|the|my|a|project)\s+)+(?=\S)/i;
const CLOSING = /(?:[,\s]+please)?[\s?!.]*$/i;

/** A mention as the line of a command: `<@U0BOT> status of rrr, please?` is `status rrr`. */
export function mentionLine(text: string): string {
  return text
    .replace(/<@[A-Z0-9]+(\|[^>]*)?>/g, " ")
    .trim()
    .replace(POLITE, "")
    .replace(CLOSING, "")
    .replace(BETWEEN, "$1 ");
}
