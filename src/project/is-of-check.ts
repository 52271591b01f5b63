import type { Finding } from "./finding.ts";
import type { Wish } from "./wish.ts";

/** Longest of a wish's parameters. */
const LONGEST = 253;

/** Is it this finding that a person asked to have looked at again? */
export function isOfCheck(
  { code, subject }: Pick<Finding, "code" | "subject">,
  { params }: Pick<Wish, "params">,
): boolean {
  return params.finding?.slice(0, LONGEST) === `${code}/${subject}`.slice(0, LONGEST);
}
