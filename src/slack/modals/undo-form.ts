import { noteModal } from "../views/note-modal.ts";
import { reply } from "../views/reply.ts";
import { wish, wishRefused } from "../wish.ts";
import type { Form } from "./form.ts";

/** The removal was confirmed. */
export const undoForm: Form = {
  callbackId: "undo",
  submit: async ({ privateMetadata: name }, call, desk) => {
    const project = await desk.projects.get(name);
    if (!project)
      return { view: noteModal(reply(desk.words.slack.names.notFound(name, undefined)).blocks, desk.words) };
    const refused = await wishRefused("undo", project, call, desk);
    if (refused) return { view: noteModal(refused.blocks, desk.words) };
    await wish("undo", project, call, desk);
    return undefined;
  },
};
