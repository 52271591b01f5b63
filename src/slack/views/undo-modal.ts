import type { ModalView } from "@slack/types";
import type { Project } from "../../project/project.ts";
import type { Words } from "../../words/words.ts";
import { section } from "./blocks.ts";
import { escapeText } from "./escape-text.ts";
import { ledgerLines, toRemove } from "./ledger-lines.ts";
import { plain } from "./plain.ts";

/** Exactly what undo will remove. */
export function undoModal(project: Project, words: Words): ModalView {
  const { undo } = words.slack;
  const { name } = project.metadata;
  const entries = toRemove(project);
  const intro = entries.length === 0 ? undo.nothing(name) : undo.intro(name, entries.length);
  return {
    type: "modal",
    callback_id: "undo",
    private_metadata: name,
    title: plain(undo.title, 24),
    submit: plain(undo.submit, 24),
    close: plain(undo.close, 24),
    blocks: [section(escapeText(intro)), ...ledgerLines(entries, words)],
  };
}
