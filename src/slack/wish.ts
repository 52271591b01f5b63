import type { IntentKind, Phase, Project } from "../project/project.ts";
import { vainDeploy } from "../project/vain-deploy.ts";
import type { Words } from "../words/words.ts";
import type { Right } from "./access/create-access.ts";
import type { Call, Reply } from "./call.ts";
import type { Desk } from "./desk.ts";
import { intentOf } from "./intent-of.ts";
import { section } from "./views/blocks.ts";
import { reply } from "./views/reply.ts";

/** In which phases a wish leads anywhere; the controller decides again when it hears it. */
const FITS: Record<IntentKind, readonly Phase[]> = {
  retry: ["Failed", "Cancelled", "Kept"],
  cancel: ["Launching"],
  keep: ["Failed", "Cancelled"],
  undo: ["Launching", "Failed", "Cancelled", "Kept", "Removing"],
  remove: ["Launching", "Live", "Failed", "Cancelled", "Kept", "Removing"],
};

const RIGHTS: Record<IntentKind, Right> = {
  retry: "launch",
  cancel: "launch",
  keep: "launch",
  undo: "remove",
  remove: "remove",
};

/** Why this person may not wish this of this project now; `undefined`: they may. */
export async function wishRefused(
  kind: IntentKind,
  project: Project,
  call: Call,
  desk: Desk,
): Promise<Reply | undefined> {
  const asked = {
    person: call.person,
    channel: call.channel ?? project.spec.slack.channel,
    right: RIGHTS[kind],
    project,
  };
  const refusal = await desk.access.refusal(asked);
  if (refusal !== undefined) return { text: refusal, blocks: [section(refusal)] };
  return fits(kind, project) ? undefined : reply(unfit(kind, project, desk.words));
}

function fits(kind: IntentKind, { status }: Project): boolean {
  if (FITS[kind].includes(status.phase)) return true;
  // A live project whose last deploy came to nothing can be tried again.
  return kind === "retry" && status.phase === "Live" && vainDeploy(status) !== undefined;
}

function unfit(kind: IntentKind, { metadata: { name }, status: { phase } }: Project, words: Words): string {
  const { wishes, phases } = words.slack;
  if (kind === "undo" && phase === "Live") return wishes.undoLive(name);
  return wishes.unfit[kind](name, phases[phase]);
}

/** Writes the wish into the Project; what comes of it is told in the thread. */
export async function wish(kind: IntentKind, project: Project, call: Call, desk: Desk): Promise<void> {
  const { name } = project.metadata;
  desk.notices.remember(name, call.reply);
  await desk.projects.intend(name, kind, intentOf(call, desk));
  desk.log.info({ project: name, wish: kind, by: call.person }, "a wish was written");
}
