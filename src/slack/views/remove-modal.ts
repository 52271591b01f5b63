import type { ModalView } from "@slack/types";
import type { Project } from "../../project/project.ts";
import type { Words } from "../../words/words.ts";
import { section } from "./blocks.ts";
import { escapeText } from "./escape-text.ts";
import { ledgerLines, toRemove } from "./ledger-lines.ts";
import { plain } from "./plain.ts";

/** Deleting for everybody: what goes, and the name to be typed. */
export function removeModal(project: Project, words: Words): ModalView {
  const { remove } = words.slack;
  const { name } = project.metadata;
  const entries = toRemove(project);
  return {
    type: "modal",
    callback_id: "remove",
    private_metadata: name,
    title: plain(remove.title, 24),
    submit: plain(remove.submit, 24),
    close: plain(remove.close, 24),
    blocks: [
      section(escapeText(remove.intro(name))),
      {
        type: "input",
        block_id: "name",
        label: plain(remove.label(name), 2000),
        element: { type: "plain_text_input", action_id: "name", max_length: 200 },
      },
      ...(entries.length === 0 ? [] : [section(escapeText(remove.will)), ...ledgerLines(entries, words)]),
    ],
  };
}
