import { isLetGo } from "../project/is-let-go.ts";
import { isPinned } from "../project/is-pinned.ts";
import type { Project } from "../project/project.ts";
import type { Wish } from "../project/wish.ts";
import { moveOf, WISHES, type WishKind } from "../project/wishes.ts";
import type { Words } from "../words/words.ts";
import type { Call, Reply } from "./call.ts";
import type { Desk } from "./desk.ts";
import { section } from "./views/blocks.ts";
import { reply } from "./views/reply.ts";
import { wishId } from "./wish-id.ts";

/** Why this person may not wish this of this project now; `undefined`: they may. The controller decides again when it hears it. */
export async function wishRefused(
  kind: WishKind,
  project: Project,
  call: Call,
  desk: Desk,
  params: Wish["params"] = {},
): Promise<Reply | undefined> {
  const asked = {
    person: call.person,
    channel: call.channel ?? project.spec.slack.channel,
    right: WISHES[kind].right,
    project,
    environment: params.environment,
  };
  const refusal = await desk.access.refusal(asked);
  if (refusal !== undefined) return { text: refusal, blocks: [section(refusal)] };
  if (isLetGo(project)) return reply(desk.words.slack.farewell.refused(project.metadata.name));
  if (moveOf(kind, project.status) === undefined) return reply(unfit(kind, project, desk.words));
  const vain = vainly(kind, params, project, desk.words);
  return vain === undefined ? undefined : reply(vain);
}

/** What would change nothing. */
function vainly(kind: WishKind, params: Wish["params"], { spec, metadata }: Project, words: Words): string | undefined {
  const { wishes } = words.slack;
  const environment = spec.environments.find(({ name }) => name === params.environment);
  if (params.environment === undefined) return undefined;
  const names = spec.environments.map(({ name }) => name);
  if (!environment) return wishes.noEnvironment(metadata.name, params.environment, names);
  if (kind === "unpin" && !isPinned(environment)) return wishes.notPinned(metadata.name, environment.name);
  const same = isPinned(environment) && environment.tag === undefined && environment.commit === params.commit;
  return kind === "pin" && same ? wishes.alreadyPinned(metadata.name, environment.name) : undefined;
}

function unfit(kind: WishKind, { metadata: { name }, status: { phase } }: Project, words: Words): string {
  const { wishes, phases } = words.slack;
  if (kind === "undo" && phase === "Live") return wishes.undoLive(name);
  return wishes.unfit[kind](name, phases[phase]);
}

/** Writes the wish into the Project; what comes of it is told in the thread. */
export async function wish(
  kind: WishKind,
  project: Project,
  call: Call,
  desk: Desk,
  params: Wish["params"] = {},
): Promise<void> {
  const { name } = project.metadata;
  desk.notices.remember(name, call.reply);
  const at = desk.clock.now().toISOString();
  await desk.projects.wish(name, { id: wishId(call), kind, params, by: call.person, at });
  call.noted();
  desk.log.info({ project: name, wish: kind, by: call.person }, "a wish was written");
}
