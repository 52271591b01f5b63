import { z } from "zod";
import type { LaunchRequest } from "../../project/ports/launcher.ts";
import { answerLaunch } from "../answer-launch.ts";
import type { Press } from "./press.ts";

const request = z.object({
  name: z.string(),
  template: z.string().optional(),
  owner: z.string().optional(),
  visibility: z.enum(["public", "private"]).optional(),
  environments: z.array(z.string()).optional(),
  domain: z.string().optional(),
  channel: z.string(),
  team: z.string().optional(),
});

/** `Create my-app`: the wish as it was, with the name that would do. Launched by who presses. */
export const pressProposal: Press = async (value, call, desk) => {
  const { name, channel, template, owner, visibility, environments, domain, team } = request.parse(JSON.parse(value));
  const wanted: LaunchRequest = {
    name,
    channel,
    requestedBy: call.person,
    ...(template !== undefined && { template }),
    ...(owner !== undefined && { owner }),
    ...(visibility !== undefined && { visibility }),
    ...(environments !== undefined && { environments }),
    ...(domain !== undefined && { domain }),
    ...(team !== undefined && { team }),
  };
  return answerLaunch(wanted, call, desk);
};
