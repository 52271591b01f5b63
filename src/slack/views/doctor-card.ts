import type { KnownBlock } from "@slack/types";
import type { Look } from "../../project/look.ts";
import { type DoctorRow, doctorRows } from "../../words/doctor-rows.ts";
import type { Words } from "../../words/words.ts";
import type { Reply } from "../call.ts";
import { context, section } from "./blocks.ts";
import { escapeText, oneLine } from "./escape-text.ts";
import { localTime } from "./time.ts";

/** A section holds 3,000 characters: https://docs.slack.dev/reference/block-kit/blocks/section-block */
const ROOM = 2900;

/** The cluster and the bot, for one person's eyes: a line for each thing, and for what is wrong what it means and the fix. */
export function doctorCard(lines: readonly Look[], words: Words, now: Date): Reply {
  const { doctor } = words;
  const count = (state: Look["state"]) => lines.filter((line) => line.state === state).length;
  const title = escapeText(doctor.title(count("failed"), count("unknown")));
  return {
    text: title,
    blocks: [
      section(`*${title}*`),
      ...doctorSections(lines, words),
      context(`${escapeText(doctor.asOf)} ${localTime(now)} · ${escapeText(doctor.changedNothing)}`),
    ],
  };
}

/** As many sections as the lines need. */
export function doctorSections(lines: readonly Look[], words: Words): KnownBlock[] {
  const parts: string[] = [];
  for (const text of doctorRows(lines, words).map((row) => rowText(row, words))) {
    const last = parts.at(-1);
    if (last === undefined || last.length + text.length >= ROOM) parts.push(text);
    else parts[parts.length - 1] = `${last}\n${text}`;
  }
  return parts.slice(0, 20).map((part) => section(part));
}

function rowText({ glyph, title, sentence, evidence, impact, fix }: DoctorRow, words: Words): string {
  const proof = evidence === undefined || evidence === "" ? "" : ` (${oneLine(evidence)})`;
  const said = [`${oneLine(sentence)}${proof}`, ...(impact === undefined ? [] : [impact])].join(" ");
  const line = `${glyph}  *${escapeText(title, 300)}*  ${escapeText(said, 1200)}`;
  return fix === undefined ? line : `${line}\n      *${escapeText(words.doctor.whatToDo)}* ${escapeText(fix, 800)}`;
}
