import { findProject } from "../find-project.ts";
import { reply } from "../views/reply.ts";
import { wish, wishRefused } from "../wish.ts";
import type { Command } from "./command.ts";

/** Leaves a launch that has stopped as it is. */
export const keep: Command = {
  verb: "keep",
  run: async (parsed, call, desk) => {
    const project = await findProject(parsed.name, "keep", call, desk);
    if (!project) return;
    const refused = await wishRefused("keep", project, call, desk);
    if (refused) return call.reply(refused);
    await wish("keep", project, call, desk);
    return call.reply(reply(desk.words.slack.wishes.keep(project.metadata.name)));
  },
};
