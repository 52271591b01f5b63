import { findProject } from "../find-project.ts";
import { section } from "../views/blocks.ts";
import { doctorCard } from "../views/doctor-card.ts";
import { projectExamCard } from "../views/project-exam-card.ts";
import type { Command } from "./command.ts";

/** A full diagnosis now, changing nothing: of a project, or without a name of the cluster and of the bot itself. */
export const doctor: Command = {
  verb: "doctor",
  run: async (parsed, call, desk) => {
    const refusal = await desk.access.refusal({ person: call.person, channel: call.channel, right: "look" });
    if (refusal !== undefined) return call.reply({ text: refusal, blocks: [section(refusal)] });
    if (parsed.name === "" && call.thread === undefined)
      return call.reply(doctorCard(await desk.doctor.examine(), desk.words, desk.clock.now()));
    const project = await findProject(parsed.name, "doctor", call, desk);
    if (!project) return;
    const exam = await desk.doctor.examineProject(project);
    const root = project.status.messages.launch;
    const url = root && (await desk.permalink(root.channel, root.ts));
    return call.reply(projectExamCard(project, exam, desk.words, url));
  },
};
