import { chooseEnvironment } from "../choose-environment.ts";
import { findProject } from "../find-project.ts";
import { reply } from "../views/reply.ts";
import { wish, wishRefused } from "../wish.ts";
import type { Command } from "./command.ts";
import { wrongOption } from "./wrong-option.ts";

/** `unpin [NAME] [env=ENVIRONMENT]`: lets an environment follow the branch again. */
export const unpin: Command = {
  verb: "unpin",
  run: async (parsed, call, desk) => {
    const wrong = wrongOption(parsed, desk.words, ["env"]);
    if (wrong) return call.reply(wrong);
    const project = await findProject(parsed.name, "unpin", call, desk);
    if (!project) return;
    const chosen = chooseEnvironment(parsed.options.env, "unpin", project, desk.words);
    if ("refused" in chosen) return call.reply(reply(chosen.refused));
    const { environment } = chosen;
    const refused = await wishRefused("unpin", project, call, desk, { environment });
    if (refused) return call.reply(refused);
    await wish("unpin", project, call, desk, { environment });
    return call.reply(reply(desk.words.slack.wishes.unpin(project.metadata.name, environment)));
  },
};
