import { findProject } from "../find-project.ts";
import { section } from "../views/blocks.ts";
import { reply } from "../views/reply.ts";
import { wishId } from "../wish-id.ts";
import type { Press } from "./press.ts";

/** A finding's own button; the value is `<project> <code>/<subject>`. */
export function pressRemedy(remedy: string): Press {
  return async (value, call, desk) => {
    const [name = "", ...rest] = value.split(" ");
    const project = await findProject(name, "status", call, desk);
    if (!project) return;
    const asked = { person: call.person, channel: call.channel, right: "launch" as const, project };
    const refusal = await desk.access.refusal(asked);
    if (refusal !== undefined) return call.reply({ text: refusal, blocks: [section(refusal)] });
    if (!desk.onRemedy) return call.reply(reply(desk.words.slack.failed.cannotYet));
    const id = wishId(call);
    return desk.onRemedy({ project: name, finding: rest.join(" "), remedy, by: call.person, id });
  };
}
