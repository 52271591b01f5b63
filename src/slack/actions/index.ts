import { run } from "../commands/run.ts";
import { findProject } from "../find-project.ts";
import { openCreate } from "../modals/open-create.ts";
import { openRemove } from "../modals/open-remove.ts";
import { openUndo } from "../modals/open-undo.ts";
import type { Press } from "./press.ts";
import { pressCheck } from "./press-check.ts";
import { pressPin } from "./press-pin.ts";
import { pressProposal } from "./press-proposal.ts";
import { pressWish } from "./press-wish.ts";

const presses: Record<string, Press> = {
  retry: pressWish("retry"),
  cancel: pressWish("cancel"),
  keep: pressWish("keep"),
  undo: async (name, call, desk) => {
    const project = await findProject(name, "undo", call, desk);
    if (project) await openUndo(project, call, desk);
  },
  remove: async (name, call, desk) => {
    const project = await findProject(name, "delete", call, desk);
    if (project) await openRemove(project, call, desk);
  },
  "remedy:check-again": pressCheck,
  "create-proposed": pressProposal,
  "open-create": async (_value, call, desk) =>
    openCreate(call.channel === undefined ? {} : { channel: call.channel }, call, desk),
  run,
};

/** What a button does; `undefined` for one that only opens an address. */
export function pressOf(action: string): Press | undefined {
  // One message may have a button for each environment, and no two of one name.
  if (action.startsWith("pin:")) return pressPin("pin");
  if (action.startsWith("unpin:")) return pressPin("unpin");
  return Object.hasOwn(presses, action) ? presses[action] : undefined;
}
