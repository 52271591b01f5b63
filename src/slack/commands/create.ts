import type { LaunchRequest } from "../../project/ports/launcher.ts";
import { answerLaunch } from "../answer-launch.ts";
import type { Call } from "../call.ts";
import { openCreate } from "../modals/open-create.ts";
import { reply } from "../views/reply.ts";
import type { Command } from "./command.ts";
import type { Parsed } from "./parse.ts";
import { wrongOption } from "./wrong-option.ts";

/** `create NAME [template= env= owner= domain= private|public]`; bare: the form. */
export const create: Command = {
  verb: "create",
  run: async (parsed, call, desk) => {
    const wrong = wrongOption(parsed, desk.words);
    if (wrong) return call.reply(wrong);
    const request = requestOf(parsed, call);
    if (parsed.name === "") return openCreate(request ?? {}, call, desk);
    if (!request) return call.reply(reply(desk.words.slack.names.noChannel));
    return answerLaunch(request, call, desk);
  },
};

export function requestOf(parsed: Parsed, call: Call): LaunchRequest | undefined {
  if (call.channel === undefined) return undefined;
  const { template, owner, domain, env } = parsed.options;
  const environments = env
    ?.split(",")
    .map((name) => name.trim())
    .filter((name) => name !== "");
  return {
    name: parsed.name,
    channel: call.channel,
    requestedBy: call.person,
    ...(call.team !== undefined && { team: call.team }),
    ...(template !== undefined && { template }),
    ...(owner !== undefined && { owner }),
    ...(domain !== undefined && { domain }),
    ...(parsed.visibility !== undefined && { visibility: parsed.visibility }),
    ...(environments && environments.length > 0 && { environments }),
  };
}
