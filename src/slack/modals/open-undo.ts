import type { Project } from "../../project/project.ts";
import type { Call } from "../call.ts";
import type { Desk } from "../desk.ts";
import { actions, button } from "../views/blocks.ts";
import { toRemove } from "../views/ledger-lines.ts";
import { reply } from "../views/reply.ts";
import { undoModal } from "../views/undo-modal.ts";
import { wishRefused } from "../wish.ts";

/** Asks first, showing exactly what would be removed. */
export async function openUndo(project: Project, call: Call, desk: Desk): Promise<void> {
  const { undo } = desk.words.slack;
  const refused = await wishRefused("undo", project, call, desk);
  if (refused) return call.reply(refused);
  if (call.triggerId === undefined) {
    const { name } = project.metadata;
    const open = button({ action: "undo", text: undo.open, value: name });
    return call.reply(reply(undo.offer(name, toRemove(project).length), ...actions(open)));
  }
  await desk.client.views.open({ trigger_id: call.triggerId, view: undoModal(project, desk.words) });
}
