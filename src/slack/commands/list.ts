import { section } from "../views/blocks.ts";
import { listCard } from "../views/list-card.ts";
import type { Command } from "./command.ts";

/** All projects, with state and URL. */
export const list: Command = {
  verb: "list",
  run: async (_parsed, call, desk) => {
    const refusal = await desk.access.refusal({ person: call.person, channel: call.channel, right: "look" });
    if (refusal !== undefined) return call.reply({ text: refusal, blocks: [section(refusal)] });
    return call.reply(listCard(await desk.projects.list(), desk.words));
  },
};
