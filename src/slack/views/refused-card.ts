import type { StoredLook } from "../../project/look.ts";
import type { Words } from "../../words/words.ts";
import type { Reply } from "../call.ts";
import type { ChannelState } from "../look-at-channel.ts";
import { section } from "./blocks.ts";
import { escapeText } from "./escape-text.ts";
import { preflightCard } from "./preflight-card.ts";

/** Why it was not launched, and a name that would do where it is the name. */
export function refusedCard(
  name: string,
  lines: readonly StoredLook[],
  channel: ChannelState | undefined,
  words: Words,
): Reply {
  const said = words.slack.preflight;
  const proposal = lines.find(({ state, proposal }) => state === "failed" && proposal !== undefined)?.proposal;
  const sentence = escapeText([said.refused(name), ...(proposal ? [said.tryInstead(proposal)] : [])].join(" "));
  return { text: sentence, blocks: [...preflightCard(name, lines, channel, words), section(sentence)] };
}
