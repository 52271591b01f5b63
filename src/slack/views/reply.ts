import type { KnownBlock } from "@slack/types";
import type { Reply } from "../call.ts";
import { section } from "./blocks.ts";
import { escapeText } from "./escape-text.ts";

/** An answer of one sentence, plain text, with what follows it. */
export function reply(sentence: string, ...more: KnownBlock[]): Reply {
  const text = escapeText(sentence);
  return { text, blocks: [section(text), ...more] };
}
