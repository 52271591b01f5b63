import { findProject } from "../find-project.ts";
import { reply } from "../views/reply.ts";
import { wish, wishRefused } from "../wish.ts";
import { wishId } from "../wish-id.ts";
import type { Press } from "./press.ts";

/** Longer than this nobody waits without a word. */
const PATIENCE_MS = 15_000;
const LONGEST_PARAM = 253;

/** [Check again]; the value is `<project> <code>/<subject>`. The finding's own message says what the look found. */
export const pressCheck: Press = async (value, call, desk) => {
  const [name = "", ...rest] = value.split(" ");
  const project = await findProject(name, "status", call, desk);
  if (!project) return;
  const finding = rest.join(" ").slice(0, LONGEST_PARAM);
  const refused = await wishRefused("check", project, call, desk, { finding });
  if (refused) return call.reply(refused);
  await wish("check", project, call, desk, { finding });
  await desk.clock.sleep(PATIENCE_MS, new AbortController().signal);
  const after = await desk.projects.get(project.metadata.name);
  if (after && !after.status.handled.includes(wishId(call)))
    await call.reply(reply(desk.words.slack.finding.unchecked(project.metadata.name)));
};
