import { z } from "zod";
import { findProject } from "../find-project.ts";
import { wish, wishRefused } from "../wish.ts";
import type { Press } from "./press.ts";

const target = z.object({ project: z.string(), environment: z.string(), commit: z.string().optional() });

/** [Go back to this] and [Follow the branch]: the message with the button is told on by what comes of it. */
export function pressPin(kind: "pin" | "unpin"): Press {
  return async (value, call, desk) => {
    const { project: name, ...params } = target.parse(JSON.parse(value));
    const project = await findProject(name, kind, call, desk);
    if (!project) return;
    const { environment, commit } = params;
    const wanted = { environment, ...(commit === undefined ? {} : { commit }) };
    const refused = await wishRefused(kind, project, call, desk, wanted);
    if (refused) return call.reply(refused);
    return wish(kind, project, call, desk, wanted);
  };
}
