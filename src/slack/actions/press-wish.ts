import type { WishKind } from "../../project/wishes.ts";
import { findProject } from "../find-project.ts";
import { wish, wishRefused } from "../wish.ts";
import type { Press } from "./press.ts";

/** Retry, Cancel, Keep: written as a wish; the message with the button then says so itself. */
export function pressWish(kind: WishKind & ("retry" | "cancel" | "keep")): Press {
  return async (name, call, desk) => {
    const project = await findProject(name, kind, call, desk);
    if (!project) return;
    const refused = await wishRefused(kind, project, call, desk);
    if (refused) return call.reply(refused);
    return wish(kind, project, call, desk);
  };
}
