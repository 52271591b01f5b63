import type { ClientState } from "../../../slack/client-api.ts";
import { emoji, emojiNames } from "../text/emoji.ts";

export interface Suggestion {
  label: string;
  hint: string;
  detail?: string;
  /** What takes the place of the text from `start` to the caret. */
  insert: string;
  icon?: string;
}

export interface Completion {
  kind: "command" | "usage" | "person" | "channel" | "emoji";
  start: number;
  suggestions: Suggestion[];
}

const MOST = 8;

type Directory = Pick<ClientState, "people" | "channels" | "commands">;

/** What could be meant by the word before the caret: a command at the beginning, @person, #channel, :emoji:. */
export function complete(text: string, caret: number, directory: Directory): Completion | undefined {
  const before = text.slice(0, caret);
  const command = /^\/(\S*)$/.exec(before);
  if (command !== null) return commands(command[1] ?? "", directory);
  const usage = /^(\/\S+) +(\S*)$/.exec(before);
  if (usage !== null) return subcommands(usage[1] ?? "", usage[2] ?? "", before, directory);
  const word = /(?:^|[\s(])([@#]|:(?=\S{2}))([\p{L}\p{N}._+-]*)$/u.exec(before);
  if (word === null) return undefined;
  const [, mark, typed = ""] = word;
  const start = before.length - typed.length - 1;
  if (mark === "@") return some("person", start, people(typed, directory));
  if (mark === "#") return some("channel", start, channels(typed, directory));
  return some("emoji", start, emojis(typed));
}

function commands(typed: string, { commands }: Directory): Completion | undefined {
  const found = commands.filter(({ command }) => command.slice(1).startsWith(typed.toLowerCase()));
  return some(
    "command",
    0,
    found.map(({ command, description, usageHint }) => ({
      label: command,
      hint: description,
      detail: usageHint,
      insert: `${command} `,
    })),
  );
}

/** The first words of a usage hint such as `create NAME | status [NAME]` or `create NAME · list`. */
function subcommands(command: string, typed: string, before: string, directory: Directory): Completion | undefined {
  const known = directory.commands.find((candidate) => candidate.command === command);
  const uses = known?.usageHint.replace(/^[[<(]([^\]>)]*\|[^\]>)]*)[\]>)]/, "$1").split(/\s*[|·]\s*/) ?? [];
  const found = uses.filter((use) => /^[a-z]/.test(use) && use.startsWith(typed.toLowerCase()));
  const start = before.length - typed.length;
  return some(
    "usage",
    start,
    found.map((use) => ({ label: use, hint: "", insert: `${use.split(" ")[0]} ` })),
  );
}

function people(typed: string, { people }: Directory): Suggestion[] {
  const wanted = typed.toLowerCase();
  return people
    .filter(({ name, realName }) =>
      [name, ...realName.split(" ")].some((word) => word.toLowerCase().startsWith(wanted)),
    )
    .map(({ name, realName }) => ({ label: realName || name, hint: `@${name}`, insert: `@${name} ` }));
}

function channels(typed: string, { channels }: Directory): Suggestion[] {
  return channels
    .filter(({ name, isDirect, isArchived }) => !isDirect && !isArchived && name.startsWith(typed.toLowerCase()))
    .map(({ name, topic }) => ({ label: `#${name}`, hint: topic, insert: `#${name} ` }));
}

function emojis(typed: string): Suggestion[] {
  return emojiNames(typed).map((name) => ({
    label: `:${name}:`,
    hint: "",
    insert: `${emoji(name)} `,
    icon: emoji(name),
  }));
}

function some(kind: Completion["kind"], start: number, suggestions: Suggestion[]): Completion | undefined {
  return suggestions.length === 0 ? undefined : { kind, start, suggestions: suggestions.slice(0, MOST) };
}
