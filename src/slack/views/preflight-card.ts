import type { KnownBlock } from "@slack/types";
import type { StoredLook } from "../../project/look.ts";
import type { Words } from "../../words/words.ts";
import type { ChannelState } from "../look-at-channel.ts";
import { section } from "./blocks.ts";
import { escapeText, oneLine } from "./escape-text.ts";
import { preflightSentence } from "./preflight-sentence.ts";

const GLYPHS: Record<StoredLook["state"], string> = { ok: "✔", failed: "✖", warning: "⚠", unknown: "?" };

const CHANNEL: Record<ChannelState, StoredLook["state"]> = {
  ok: "ok",
  missing: "warning",
  archived: "warning",
  unknown: "unknown",
};

/** All that was looked at before anything is made: a line for each thing that is not as it should be, one for the rest. */
export function preflightCard(
  name: string,
  looks: readonly StoredLook[],
  channel: ChannelState | undefined,
  words: Words,
): KnownBlock[] {
  const said = words.slack.preflight;
  const lines = [
    ...looks.map((line) => ({
      state: line.state,
      text: preflightSentence(line, words),
    })),
    ...(channel === undefined ? [] : [{ state: CHANNEL[channel], text: said.channel[channel] }]),
  ];
  const rows = (["failed", "warning", "unknown"] as const)
    .flatMap((state) => lines.filter((line) => line.state === state))
    .map(({ state, text }) => `${GLYPHS[state]}  ${escapeText(oneLine(text), 250)}`);
  const fine = lines.filter(({ state }) => state === "ok").map(({ text }) => oneLine(text));
  const good = fine.length === 0 ? [] : [`${GLYPHS.ok}  ${escapeText(fine.join(" · "), 1000)}`];
  return [section([`*${escapeText(said.checked(name), 200)}*`, ...rows.slice(0, 6), ...good].join("\n"))];
}
