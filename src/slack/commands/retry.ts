import { findProject } from "../find-project.ts";
import { reply } from "../views/reply.ts";
import { wish, wishRefused } from "../wish.ts";
import type { Command } from "./command.ts";

/** Goes on with a launch that has stopped, where it stopped. */
export const retry: Command = {
  verb: "retry",
  run: async (parsed, call, desk) => {
    const project = await findProject(parsed.name, "retry", call, desk);
    if (!project) return;
    const refused = await wishRefused("retry", project, call, desk);
    if (refused) return call.reply(refused);
    await wish("retry", project, call, desk);
    return call.reply(reply(desk.words.slack.wishes.retry(project.metadata.name)));
  },
};
