import type { Call } from "../call.ts";
import type { Desk } from "../desk.ts";
import { actions, button } from "../views/blocks.ts";
import { reply } from "../views/reply.ts";
import { helpReply } from "./help.ts";
import { commands } from "./index.ts";
import { nearest } from "./nearest.ts";
import { parse } from "./parse.ts";

/** One line of text, as typed after `/project` or `@slipway`. */
export async function run(text: string, call: Call, desk: Desk): Promise<void> {
  const parsed = parse(text);
  if (parsed.verb === "") return call.reply(helpReply(desk.words));
  const command = commands.find((each) => each.verb === parsed.verb);
  if (command) return command.run(parsed, call, desk);
  const { words } = desk;
  const near = nearest(
    parsed.verb,
    commands.map(({ verb }) => verb),
  );
  const sentence = words.slack.parse.unknownVerb(parsed.verb, near);
  if (near === undefined) return call.reply(reply(sentence, ...helpReply(words).blocks));
  const meant = text.trim().replace(/^\S+/, near);
  return call.reply(reply(sentence, ...actions(button({ action: "run", text: `/project ${meant}`, value: meant }))));
}
