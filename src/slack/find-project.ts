import { namesOf } from "../project/names-of.ts";
import type { Project } from "../project/project.ts";
import type { Call } from "./call.ts";
import type { Verb } from "./commands/command.ts";
import { nearest } from "./commands/nearest.ts";
import type { Desk } from "./desk.ts";
import { projectOfThread } from "./project-of-thread.ts";
import { actions, button } from "./views/blocks.ts";
import { reply } from "./views/reply.ts";

/** The project that is named, else the thread's. Answers the person itself when there is none. */
export async function findProject(name: string, verb: Verb, call: Call, desk: Desk): Promise<Project | undefined> {
  const { names } = desk.words.slack;
  if (name !== "") {
    const wanted = name.toLowerCase();
    const found = await desk.projects.get(wanted);
    if (found) return found;
    const near = nearest(wanted, namesOf(await desk.projects.list()));
    const meant =
      near === undefined
        ? []
        : actions(button({ action: "run", text: `/project ${verb} ${near}`, value: `${verb} ${near}` }));
    await call.reply(reply(names.notFound(name, near), ...meant));
    return undefined;
  }
  const { projects } = await desk.projects.list();
  const { thread, channel } = call;
  const here = thread && channel ? await projectOfThread(projects, { channel, thread }, desk.client) : undefined;
  const found = here === undefined ? undefined : await desk.projects.get(here);
  if (found) return found;
  const mine = projects.filter((project) => project.spec.slack.requestedBy === call.person);
  await call.reply(reply(names.which(verb, (mine[0] ?? projects[0])?.metadata.name)));
  return undefined;
}
