import { findProject } from "../find-project.ts";
import { openRemove } from "../modals/open-remove.ts";
import type { Command } from "./command.ts";

/** Deletes a project once its name is typed. `delete` is a word of the language, hence the name. */
export const deleteProject: Command = {
  verb: "delete",
  run: async (parsed, call, desk) => {
    const project = await findProject(parsed.name, "delete", call, desk);
    if (project) await openRemove(project, call, desk);
  },
};
