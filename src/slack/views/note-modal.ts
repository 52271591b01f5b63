import type { KnownBlock, ModalView } from "@slack/types";
import type { Words } from "../../words/words.ts";
import { plain } from "./plain.ts";

/** A form that has become an answer. */
export function noteModal(blocks: KnownBlock[], words: Words): ModalView {
  const { modal } = words.slack;
  return { type: "modal", title: plain(modal.title, 24), close: plain(modal.done, 24), blocks };
}
