import type { KnownBlock } from "@slack/types";
import type { PlannedChange } from "../../project/ports/launcher.ts";
import type { Words } from "../../words/words.ts";
import { code, section } from "./blocks.ts";
import { escapeText, oneLine } from "./escape-text.ts";

const SHOWN = 30;

/** What would be made, in order: what it is, and the call that makes it. */
export function planCard(name: string, changes: PlannedChange[], words: Words): KnownBlock[] {
  if (changes.length === 0) return [];
  const rows = changes.slice(0, SHOWN).map((change, index) => {
    const where = change.namespace === undefined ? change.name : `${change.namespace}/${change.name}`;
    return `${String(index + 1).padStart(2)}  ${oneLine(`${change.kind} ${where}`).slice(0, 80)}\n    ${oneLine(change.call).slice(0, 120)}`;
  });
  const more = changes.length > SHOWN ? [`    ${words.slack.plan.more(changes.length - SHOWN)}`] : [];
  return [section(`*${escapeText(words.slack.plan.title(name), 200)}*`), ...chunks([...rows, ...more]).map(code)];
}

/** Code blocks hold 2,800 characters each. */
function chunks(lines: string[]): string[] {
  const found: string[] = [];
  for (const line of lines) {
    const last = found.at(-1);
    if (last === undefined || last.length + line.length > 2700) found.push(line);
    else found[found.length - 1] = `${last}\n${line}`;
  }
  return found;
}
