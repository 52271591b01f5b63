import type { Words } from "../../words/words.ts";
import type { Reply } from "../call.ts";
import { reply } from "../views/reply.ts";
import { nearest } from "./nearest.ts";
import { OPTIONS, type Parsed } from "./parse.ts";

/** The answer to an option that is none, or that says nothing. */
export function wrongOption(parsed: Parsed, words: Words): Reply | undefined {
  const [wrong] = parsed.wrong;
  if (!wrong) return undefined;
  const said = words.slack.parse;
  return wrong.problem === "empty"
    ? reply(said.optionNeedsValue(wrong.option))
    : reply(said.unknownOption(wrong.option, nearest(wrong.option, OPTIONS)));
}
