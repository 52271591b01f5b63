import type { KnownBlock } from "@slack/types";
import type { StoredLook } from "../project/look.ts";
import { checkName } from "../project/naming.ts";
import type { LaunchRequest } from "../project/ports/launcher.ts";
import { Problem } from "../project/problem.ts";
import type { Project, ProjectSpec } from "../project/project.ts";
import type { Call, Reply } from "./call.ts";
import { nearest } from "./commands/nearest.ts";
import type { Desk } from "./desk.ts";
import { type ChannelState, lookAtChannel } from "./look-at-channel.ts";
import { actions, button, context, section } from "./views/blocks.ts";
import { escapeText } from "./views/escape-text.ts";
import { launchButton } from "./views/launch-button.ts";
import { preflightCard } from "./views/preflight-card.ts";
import { preflightSentence } from "./views/preflight-sentence.ts";
import { refusedCard } from "./views/refused-card.ts";
import { reply } from "./views/reply.ts";
import { wishId } from "./wish-id.ts";

/**
 * How a wish to launch ended. `field` is the form's field that is to blame, `why` a plain sentence for it; `told` is called
 * once who asked has heard it.
 */
export type Launched =
  | { made: true; name: string; reply: Reply }
  | { made: false; field: "name" | "template" | undefined; why: string; reply: Reply; told?: () => Promise<void> };

/**
 * From a wish to a Project: name, template, right, and it is written down; the leader looks whether anything stands in its
 * way, and what it found is the answer. The same for the command, the form and the button of a proposal.
 */
export async function launch(request: LaunchRequest, call: Call, desk: Desk): Promise<Launched> {
  const refused =
    (await rightMissing(request, call, desk)) ?? nameWrong(request, desk) ?? templateUnknown(request, desk);
  if (refused) return refused;
  const asked = desk.launcher.specOf(request);
  if ("refused" in asked) return inTheWay(request, [asked.refused], undefined, desk);

  const project = await requested(request.name, asked.spec, call, desk);
  if (!project) {
    const why = desk.words.slack.names.taken(request.name);
    return { made: false, field: "name", why, reply: await exists(request.name, desk) };
  }
  call.noted();
  desk.log.info({ project: request.name, by: call.person, channel: request.channel }, "a launch was asked for");
  desk.notices.remember(request.name, call.reply);

  const [channel, looked] = await Promise.all([channelOf(project, desk), lookedAt(project, desk)]);
  if (looked?.status.phase !== "Refused") return underWay(request, looked, channel, desk);
  const refusal = inTheWay(request, looked.status.preflight?.lines ?? [], channel, desk);
  return { ...refusal, told: () => desk.projects.delete(looked) };
}

/** The answer says where it cannot be told, so that no notice of the thread's does. */
async function channelOf(project: Project, desk: Desk): Promise<ChannelState> {
  const channel = await lookAtChannel(desk.client, project.spec.slack.channel);
  if (channel === "missing") desk.notices.told(project, "slack-not-in-channel");
  if (channel === "archived") desk.notices.told(project, "slack-archived");
  return channel;
}

/** Written down, or it was by an earlier delivery of the same doing; `undefined`: the name is another project's. */
async function requested(name: string, spec: ProjectSpec, call: Call, desk: Desk): Promise<Project | undefined> {
  const id = wishId(call);
  const wish = { kind: "create", params: {}, by: call.person, at: desk.clock.now().toISOString() };
  try {
    return await desk.projects.create(name, { ...spec, wishes: { [id]: wish } });
  } catch (error) {
    if (!(error instanceof Problem) || error.code !== "project-exists") throw error;
    const other = await desk.projects.get(name);
    return other?.spec.wishes[id] ? other : undefined;
  }
}

/** Longer than this nobody waits for the answer; the thread begins all the same. */
const PATIENCE = 15_000;
const LOOK_EVERY = 200;

/** Once the leader has looked at it; `undefined`: it has not yet, as far as can be seen. It is written down in any case. */
async function lookedAt({ metadata: { name, uid } }: Project, desk: Desk): Promise<Project | undefined> {
  const until = desk.clock.now().getTime() + PATIENCE;
  while (desk.clock.now().getTime() < until) {
    const now = await desk.projects.get(name).catch(() => "unseen" as const);
    if (now !== "unseen" && now?.metadata.uid !== uid) return undefined;
    if (now !== "unseen" && now?.status.phase !== "Requested") return now;
    await desk.clock.sleep(LOOK_EVERY);
  }
  return undefined;
}

function underWay({ name }: LaunchRequest, looked: Project | undefined, channel: ChannelState, desk: Desk): Launched {
  const { launching, launchingUntold, requested } = desk.words.slack.preflight;
  const said = looked === undefined ? requested(name) : channel === "ok" ? launching(name) : launchingUntold(name);
  const lines = looked?.status.preflight?.lines;
  const checked = lines ? preflightCard(name, lines, channel, desk.words) : [];
  return {
    made: true,
    name,
    reply: { text: escapeText(said), blocks: [...checked, context(escapeText(said))] },
  };
}

async function rightMissing(request: LaunchRequest, call: Call, desk: Desk): Promise<Launched | undefined> {
  const refusal = await desk.access.refusal({ person: call.person, channel: request.channel, right: "launch" });
  if (refusal === undefined) return undefined;
  return { made: false, field: undefined, why: refusal, reply: { text: refusal, blocks: [section(refusal)] } };
}

/** Why a name will not do, with one that would. */
function nameWrong(request: LaunchRequest, desk: Desk): Launched | undefined {
  const checked = checkName(request.name);
  if (checked.ok) return undefined;
  const { words } = desk;
  const why = words.names[checked.reason]({ name: request.name, length: request.name.length });
  const proposal = checked.reason === "NameEmpty" ? undefined : checked.proposal;
  const sentence = proposal === undefined ? why : `${why} ${words.slack.names.propose(proposal)}`;
  return { made: false, field: "name", why: sentence, reply: reply(sentence, ...proposed(request, proposal, desk)) };
}

function templateUnknown(request: LaunchRequest, desk: Desk): Launched | undefined {
  const { template } = request;
  const templates = desk.launcher.templates();
  if (template === undefined || templates.some(({ name }) => name === template)) return undefined;
  const { words } = desk;
  const { none, unknown } = words.slack.templates;
  if (templates.length === 0) return { made: false, field: "template", why: none, reply: reply(none) };
  const near = nearest(
    template,
    templates.map(({ name }) => name),
  );
  const rows = templates
    .slice(0, 20)
    .map((each) => `*${escapeText(each.name, 60)}*  ${escapeText(each.description, 120)}`);
  const retry =
    near === undefined ? [] : launchButton({ ...request, template: near }, desk.words.slack.templates.use(near));
  const said = reply(unknown(template), section(rows.join("\n")), ...retry);
  return { made: false, field: "template", why: unknown(template), reply: said };
}

function inTheWay(
  request: LaunchRequest,
  lines: readonly StoredLook[],
  channel: ChannelState | undefined,
  desk: Desk,
): Extract<Launched, { made: false }> {
  const proposal = lines.find(({ state, proposal }) => state === "failed" && proposal !== undefined)?.proposal;
  const { text, blocks } = refusedCard(request.name, lines, channel, desk.words);
  const why = lines.filter(({ state }) => state === "failed").map((line) => preflightSentence(line, desk.words));
  return {
    made: false,
    field: proposal === undefined ? undefined : "name",
    why: [...why, ...(proposal ? [desk.words.slack.preflight.tryInstead(proposal)] : [])].join(" "),
    reply: { text, blocks: [...blocks, ...proposed(request, proposal, desk)] },
  };
}

async function exists(name: string, desk: Desk): Promise<Reply> {
  const project = await desk.projects.get(name);
  const root = project?.status.messages.launch;
  const url = root && (await desk.permalink(root.channel, root.ts));
  const open =
    url === undefined ? [] : actions(button({ action: "open-thread", text: desk.words.slack.buttons.openThread, url }));
  return reply(desk.words.slack.names.taken(name), ...open);
}

function proposed(request: LaunchRequest, proposal: string | undefined, desk: Desk): KnownBlock[] {
  if (proposal === undefined) return [];
  return launchButton({ ...request, name: proposal }, desk.words.slack.buttons.createAs(proposal));
}
