import type { KnownBlock } from "@slack/types";
import type { LedgerEntry, Project } from "../../project/project.ts";
import type { Words } from "../../words/words.ts";
import { section } from "./blocks.ts";
import { escapeText } from "./escape-text.ts";

/** What a removal would take, in the order it would: newest first, what is gone already left out. */
export function toRemove(project: Project): LedgerEntry[] {
  return project.status.ledger.filter((entry) => entry.state !== "removed").toReversed();
}

/** A section holds 3,000 characters: https://docs.slack.dev/reference/block-kit/blocks/section-block */
const ROOM = 2900;

/** One line each; as many sections as they need, and a modal has room for far more than a launch makes. */
export function ledgerLines(entries: LedgerEntry[], words: Words): KnownBlock[] {
  const lines = entries.map((entry) => {
    const where = entry.namespace === undefined ? entry.name : `${entry.namespace}/${entry.name}`;
    const doubt = entry.state === "intended" ? ` (${words.slack.undo.intended})` : "";
    return `•  *${escapeText(entry.kind, 80)}*  ${escapeText(where, 200)}${escapeText(doubt, 80)}`;
  });
  const parts: string[] = [];
  for (const line of lines) {
    const last = parts.at(-1);
    if (last === undefined || last.length + line.length > ROOM) parts.push(line);
    else parts[parts.length - 1] = `${last}\n${line}`;
  }
  return parts.slice(0, 40).map((part) => section(part));
}
