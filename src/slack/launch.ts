import type { KnownBlock } from "@slack/types";
import { checkName } from "../project/naming.ts";
import type { LaunchRequest, Preflight } from "../project/ports/launcher.ts";
import { Problem } from "../project/problem.ts";
import type { Call, Reply } from "./call.ts";
import { nearest } from "./commands/nearest.ts";
import type { Desk } from "./desk.ts";
import { type ChannelState, lookAtChannel } from "./look-at-channel.ts";
import { actions, button, context, section } from "./views/blocks.ts";
import { escapeText } from "./views/escape-text.ts";
import { preflightCard } from "./views/preflight-card.ts";
import { preflightSentence } from "./views/preflight-sentence.ts";
import { reply } from "./views/reply.ts";

/** How a wish to launch ended. `field` is the form's field that is to blame, `why` a plain sentence for it. */
export type Launched =
  | { made: true; name: string; reply: Reply }
  | { made: false; field: "name" | "template" | undefined; why: string; reply: Reply };

/**
 * From a wish to a Project: name, template, right, preflight, and only then something is made. The same for the
 * command, the form and the button of a proposal.
 */
export async function launch(request: LaunchRequest, call: Call, desk: Desk): Promise<Launched> {
  const refused =
    (await rightMissing(request, call, desk)) ?? nameWrong(request, desk) ?? templateUnknown(request, desk);
  if (refused) return refused;

  const looked = await look(request, desk);
  if (!looked) {
    const why = desk.words.slack.preflight.unanswered;
    return { made: false, field: undefined, why, reply: reply(why) };
  }
  const { preflight, channel } = looked;
  if (!preflight.ok || !preflight.spec) return preflightRefused(request, preflight, channel, desk);

  try {
    const project = await desk.projects.create(request.name, preflight.spec);
    call.noted();
    desk.log.info({ project: request.name, by: call.person, channel: request.channel }, "a launch was asked for");
    if (channel === "missing") desk.notices.told(project, "slack-not-in-channel");
    if (channel === "archived") desk.notices.told(project, "slack-archived");
    desk.notices.remember(request.name, call.reply);
  } catch (error) {
    if (!(error instanceof Problem) || error.code !== "project-exists") throw error;
    const why = desk.words.slack.names.taken(request.name);
    return { made: false, field: "name", why, reply: await exists(request.name, desk) };
  }
  const { launching, launchingUntold } = desk.words.slack.preflight;
  const said = channel === "ok" ? launching(request.name) : launchingUntold(request.name);
  return {
    made: true,
    name: request.name,
    reply: {
      text: escapeText(said),
      blocks: [...preflightCard(request.name, preflight, channel, desk.words), context(escapeText(said))],
    },
  };
}

/** Longer than this nobody waits before the launch has even begun; `undefined`: no answer. */
const PATIENCE = 15_000;

async function look(
  request: LaunchRequest,
  desk: Desk,
): Promise<{ preflight: Preflight; channel: ChannelState } | undefined> {
  const answered = new AbortController();
  const looks = Promise.all([desk.launcher.preflight(request), lookAtChannel(desk.client, request.channel)]);
  try {
    const first = await Promise.race([looks, desk.clock.sleep(PATIENCE, answered.signal)]);
    return first ? { preflight: first[0], channel: first[1] } : undefined;
  } finally {
    answered.abort();
    // A rejection that comes after the patience has nobody left to tell.
    looks.catch(() => {});
  }
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
  const why = words.names[checked.reason]?.({ name: request.name, length: request.name.length }) ?? checked.reason;
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

function preflightRefused(request: LaunchRequest, preflight: Preflight, channel: ChannelState, desk: Desk): Launched {
  const said = desk.words.slack.preflight;
  const proposal = preflight.lines.find((line) => line.state === "failed" && line.proposal !== undefined)?.proposal;
  const sentence = [said.refused(request.name), ...(proposal ? [said.tryInstead(proposal)] : [])].join(" ");
  const failed = preflight.lines.filter((line) => line.state === "failed");
  return {
    made: false,
    field: proposal === undefined ? undefined : "name",
    why: [
      ...failed.map((line) => preflightSentence(line, desk.words)),
      ...(proposal ? [said.tryInstead(proposal)] : []),
    ].join(" "),
    reply: {
      text: escapeText(sentence),
      blocks: [
        ...preflightCard(request.name, preflight, channel, desk.words),
        section(escapeText(sentence)),
        ...proposed(request, proposal, desk),
      ],
    },
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

/** The whole wish travels in the button, so that pressing it needs nothing remembered. */
function launchButton(request: LaunchRequest, text: string): KnownBlock[] {
  const value = JSON.stringify(request);
  return value.length > 2000 ? [] : actions(button({ action: "create-proposed", text, value, style: "primary" }));
}
