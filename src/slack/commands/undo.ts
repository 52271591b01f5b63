import { findProject } from "../find-project.ts";
import { openUndo } from "../modals/open-undo.ts";
import type { Command } from "./command.ts";

/** Shows exactly what would be removed, and removes it when that is confirmed. */
export const undo: Command = {
  verb: "undo",
  run: async (parsed, call, desk) => {
    const project = await findProject(parsed.name, "undo", call, desk);
    if (project) await openUndo(project, call, desk);
  },
};
