import type { Words } from "../../words/words.ts";
import type { Reply } from "../call.ts";
import { code, context, section } from "../views/blocks.ts";
import { escapeText } from "../views/escape-text.ts";
import type { Command } from "./command.ts";

/** `help [COMMAND]`: examples, not grammar. */
export const help: Command = {
  verb: "help",
  run: async (parsed, call, desk) => call.reply(helpReply(desk.words, parsed.name.toLowerCase())),
};

export function helpReply(words: Words, about?: string): Reply {
  const { commands, title, thread } = words.slack.help;
  const entries = Object.entries(commands);
  const one = entries.find(([verb]) => verb === about);
  if (one) {
    const [, { summary, examples }] = one;
    return { text: escapeText(summary), blocks: [section(escapeText(summary)), code(examples.join("\n"))] };
  }
  const rows = entries.map(
    ([, { summary, examples }]) => `\`${escapeText(examples[0] ?? "")}\`  ${escapeText(summary)}`,
  );
  return {
    text: escapeText(title),
    blocks: [section([`*${escapeText(title)}*`, ...rows].join("\n")), context(escapeText(thread))],
  };
}
