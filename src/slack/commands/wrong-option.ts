import type { Words } from "../../words/words.ts";
import type { Reply } from "../call.ts";
import { reply } from "../views/reply.ts";
import { nearest } from "./nearest.ts";
import { OPTIONS, type Option, type Parsed } from "./parse.ts";

/** The answer to an option that is none, that says nothing, or that this command does not take. */
export function wrongOption(parsed: Parsed, words: Words, taken: readonly Option[] = OPTIONS): Reply | undefined {
  const said = words.slack.parse;
  const other = OPTIONS.find((option) => parsed.options[option] !== undefined && !taken.includes(option));
  if (other !== undefined) return reply(said.optionNotTaken(other, parsed.verb));
  const [wrong] = parsed.wrong;
  if (!wrong) return undefined;
  return wrong.problem === "empty"
    ? reply(said.optionNeedsValue(wrong.option))
    : reply(said.unknownOption(wrong.option, nearest(wrong.option, taken)));
}
