import type { Project } from "../../project/project.ts";
import type { Call } from "../call.ts";
import type { Desk } from "../desk.ts";
import { actions, button } from "../views/blocks.ts";
import { removeModal } from "../views/remove-modal.ts";
import { reply } from "../views/reply.ts";
import { wishRefused } from "../wish.ts";

/** Asks for the project's name before anything is deleted. */
export async function openRemove(project: Project, call: Call, desk: Desk): Promise<void> {
  const { remove } = desk.words.slack;
  const refused = await wishRefused("remove", project, call, desk);
  if (refused) return call.reply(refused);
  if (call.triggerId === undefined) {
    const { name } = project.metadata;
    const open = button({ action: "remove", text: remove.open, value: name, style: "danger" });
    return call.reply(reply(remove.offer(name), ...actions(open)));
  }
  await desk.client.views.open({ trigger_id: call.triggerId, view: removeModal(project, desk.words) });
}
