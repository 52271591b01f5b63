import type { KnownBlock } from "@slack/types";
import type { Preflight, PreflightLine } from "../../project/ports/launcher.ts";
import type { Words } from "../../words/words.ts";
import type { ChannelState } from "../look-at-channel.ts";
import { section } from "./blocks.ts";
import { escapeText, oneLine } from "./escape-text.ts";
import { preflightSentence } from "./preflight-sentence.ts";

const GLYPHS: Record<PreflightLine["state"], string> = { ok: "✔", failed: "✖", warning: "⚠", unknown: "?" };

const CHANNEL: Record<ChannelState, PreflightLine["state"]> = {
  ok: "ok",
  missing: "warning",
  archived: "warning",
  unknown: "unknown",
};

/** All that was looked at before anything is made, a line each; what is wrong first. */
export function preflightCard(name: string, preflight: Preflight, channel: ChannelState, words: Words): KnownBlock[] {
  const said = words.slack.preflight;
  const lines = [
    ...preflight.lines.map((line) => ({
      state: line.state,
      text: preflightSentence(line, words),
    })),
    { state: CHANNEL[channel], text: said.channel[channel] },
  ];
  const order: PreflightLine["state"][] = ["failed", "warning", "unknown", "ok"];
  const sorted = lines.toSorted((a, b) => order.indexOf(a.state) - order.indexOf(b.state));
  const rows = sorted.map(({ state, text }) => `${GLYPHS[state]}  ${escapeText(oneLine(text), 250)}`).slice(0, 11);
  return [section(`*${escapeText(said.checked(name), 200)}*\n${rows.join("\n")}`)];
}
