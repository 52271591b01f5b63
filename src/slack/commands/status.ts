import { findProject } from "../find-project.ts";
import { section } from "../views/blocks.ts";
import { statusCard } from "../views/status-card.ts";
import type { Command } from "./command.ts";
import { list } from "./list.ts";

/** How a project stands now; without a name, the thread's, or all of them. */
export const status: Command = {
  verb: "status",
  run: async (parsed, call, desk) => {
    if (parsed.name === "" && call.thread === undefined) return list.run(parsed, call, desk);
    const refusal = await desk.access.refusal({ person: call.person, channel: call.channel, right: "look" });
    if (refusal !== undefined) return call.reply({ text: refusal, blocks: [section(refusal)] });
    const project = await findProject(parsed.name, "status", call, desk);
    if (!project) return;
    const root = project.status.messages.launch;
    const url = root && (await desk.permalink(root.channel, root.ts));
    return call.reply(statusCard(project, desk.words, desk.clock.now(), url));
  },
};
