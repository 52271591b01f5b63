import { knownCommit } from "../../project/known-commit.ts";
import { chooseEnvironment } from "../choose-environment.ts";
import { findProject } from "../find-project.ts";
import { reply } from "../views/reply.ts";
import { wish, wishRefused } from "../wish.ts";
import type { Command } from "./command.ts";
import { wrongOption } from "./wrong-option.ts";

/** `pin [NAME] COMMIT [env=ENVIRONMENT]`: holds an environment at a commit, until it is unpinned. */
export const pin: Command = {
  verb: "pin",
  run: async (parsed, call, desk) => {
    const { wishes } = desk.words.slack;
    const wrong = wrongOption(parsed, desk.words, ["env"]);
    if (wrong) return call.reply(wrong);
    const words = parsed.name.split(" ");
    // A single word that is no commit is the project's name.
    const given = words.length > 1 || /^[0-9a-f]{7,}$/i.test(parsed.name) ? (words.pop() ?? "") : "";
    const project = await findProject(words.join(" "), "pin", call, desk);
    if (!project) return;
    const { name } = project.metadata;
    const known = knownCommit(given, project.status);
    if ("unknown" in known) return call.reply(reply(wishes.commit[known.unknown](name, given)));
    const chosen = chooseEnvironment(parsed.options.env, "pin", project, desk.words);
    if ("refused" in chosen) return call.reply(reply(chosen.refused));
    const { environment } = chosen;
    const params = { environment, commit: known.sha };
    const refused = await wishRefused("pin", project, call, desk, params);
    if (refused) return call.reply(refused);
    await wish("pin", project, call, desk, params);
    return call.reply(reply(wishes.pin(name, environment, known.sha.slice(0, 7))));
  },
};
