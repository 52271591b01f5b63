import { noteModal } from "../views/note-modal.ts";
import { reply } from "../views/reply.ts";
import { wish, wishRefused } from "../wish.ts";
import { type Form, textOf } from "./form.ts";

/** The name was typed. */
export const removeForm: Form = {
  callbackId: "remove",
  submit: async ({ privateMetadata: name, values }, call, desk) => {
    if (textOf(values, "name") !== name) return { errors: { name: desk.words.slack.remove.mismatch(name) } };
    const project = await desk.projects.get(name);
    if (!project)
      return { view: noteModal(reply(desk.words.slack.names.notFound(name, undefined)).blocks, desk.words) };
    const refused = await wishRefused("remove", project, call, desk);
    if (refused) return { view: noteModal(refused.blocks, desk.words) };
    await wish("remove", project, call, desk);
    return undefined;
  },
};
