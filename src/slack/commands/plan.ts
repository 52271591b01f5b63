import { checkName, imageOf } from "../../project/naming.ts";
import { lookAtChannel } from "../look-at-channel.ts";
import { context, section } from "../views/blocks.ts";
import { escapeText } from "../views/escape-text.ts";
import { launchButton } from "../views/launch-button.ts";
import { planCard } from "../views/plan-card.ts";
import { preflightCard } from "../views/preflight-card.ts";
import { reply } from "../views/reply.ts";
import type { Command } from "./command.ts";
import { requestOf } from "./create.ts";
import { wrongOption } from "./wrong-option.ts";

/** What would stand after `create`; nothing is made. */
export const plan: Command = {
  verb: "plan",
  run: async (parsed, call, desk) => {
    const { words } = desk;
    const refusal = await desk.access.refusal({ person: call.person, channel: call.channel, right: "look" });
    if (refusal !== undefined) return call.reply({ text: refusal, blocks: [section(refusal)] });
    const wrong = wrongOption(parsed, words);
    if (wrong) return call.reply(wrong);
    const request = requestOf(parsed, call);
    if (!request) return call.reply(reply(words.slack.names.noChannel));
    const checked = checkName(request.name);
    if (!checked.ok) {
      const why = words.names[checked.reason]({ name: request.name, length: request.name.length });
      const proposal =
        request.name === "" || checked.proposal === undefined ? "" : words.slack.names.propose(checked.proposal);
      return call.reply(reply(`${why} ${proposal}`.trim()));
    }
    const [preflight, channel] = await Promise.all([
      desk.launcher.preflight(request),
      lookAtChannel(desk.client, request.channel),
    ]);
    const { spec } = preflight;
    const image = spec && imageOf(desk.settings.registryHost, spec.owner, spec.repository);
    const planned = spec && image ? [{ spec, image, changes: await desk.launcher.plan(spec, request.name) }] : [];
    const clear = preflight.ok && channel !== "missing" && channel !== "archived";
    return call.reply({
      text: escapeText(words.slack.plan.title(request.name)),
      blocks: [
        ...preflightCard(request.name, preflight.lines, channel, words),
        ...planned.flatMap((each) => planCard(request.name, each, words)),
        context(escapeText(words.slack.plan.nothing)),
        ...(clear ? launchButton(request, words.slack.buttons.createAs(request.name)) : []),
      ],
    });
  },
};
