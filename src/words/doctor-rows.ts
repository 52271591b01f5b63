import type { Look } from "../project/look.ts";
import { findingSaid } from "./finding-said.ts";
import { own } from "./own.ts";
import type { Sentence, Words } from "./words.ts";

/** A line of the doctor's in words, plain text: whoever shows it escapes it for the place it goes to. */
export interface DoctorRow {
  glyph: string;
  /** What was looked at. */
  title: string;
  sentence: string;
  /** Of what is wrong: the proof, what it means, what to do. */
  evidence?: string;
  impact?: string;
  fix?: string;
}

const GLYPHS: Record<Look["state"], string> = { ok: "✔", failed: "✖", warning: "⚠", unknown: "○" };

/** What could not be looked at for one and the same reason is one row. */
export function doctorRows(lines: readonly Look[], words: Words): DoctorRow[] {
  const rows: DoctorRow[] = [];
  for (const line of lines) {
    const row = rowOf(line, words);
    const same = line.state === "unknown" ? rows.find((each) => isSame(each, row)) : undefined;
    if (same) same.title = `${same.title}, ${row.title}`;
    else rows.push(row);
  }
  return rows;
}

function rowOf({ check, state, reason, params = {}, evidence }: Look, words: Words): DoctorRow {
  const { checks, lines, impacts } = words.doctor;
  const where = params.environment === undefined ? "" : ` (${params.environment})`;
  const row = { glyph: GLYPHS[state], title: `${own<string>(checks, check) ?? check}${where}` };
  const found = state === "failed" ? findingSaid(reason, params, words) : undefined;
  if (!found) {
    const sentence = (own<Sentence>(lines, reason) ?? own<Sentence>(words.preflight, reason))?.(params) ?? reason;
    return { ...row, sentence, ...(evidence === undefined ? {} : { evidence }) };
  }
  return {
    ...row,
    sentence: found.cause,
    ...(evidence === undefined ? {} : { evidence }),
    impact: own<Sentence>(impacts, reason)?.(params) ?? found.impact,
    fix: found.fix,
  };
}

function isSame(a: DoctorRow, b: DoctorRow): boolean {
  return a.glyph === b.glyph && a.sentence === b.sentence;
}
