import { findProject } from "../find-project.ts";
import { reply } from "../views/reply.ts";
import { wish, wishRefused } from "../wish.ts";
import type { Command } from "./command.ts";

/** Stops a launch where it is. */
export const cancel: Command = {
  verb: "cancel",
  run: async (parsed, call, desk) => {
    const project = await findProject(parsed.name, "cancel", call, desk);
    if (!project) return;
    const refused = await wishRefused("cancel", project, call, desk);
    if (refused) return call.reply(refused);
    await wish("cancel", project, call, desk);
    return call.reply(reply(desk.words.slack.wishes.cancel(project.metadata.name)));
  },
};
