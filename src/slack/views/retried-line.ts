import type { Words } from "../../words/words.ts";
import { section } from "./blocks.ts";
import { escapeText } from "./escape-text.ts";
import { type Rendered, rendered } from "./rendered.ts";

/** Between a failure and what came of the next try. It names nobody: who pressed is not to be pinged. */
export function retriedLine(words: Words): Rendered {
  const text = escapeText(words.slack.launch.retried);
  return rendered(text, [section(text)]);
}
