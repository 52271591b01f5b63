import type { PlainTextElement } from "@slack/types";
import { clip } from "./escape-text.ts";

export function plain(text: string, max: number): PlainTextElement {
  return { type: "plain_text", text: clip(text, max) || " ", emoji: false };
}
