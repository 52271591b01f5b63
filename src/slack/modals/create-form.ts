import { z } from "zod";
import type { LaunchRequest } from "../../project/ports/launcher.ts";
import type { Call } from "../call.ts";
import { launch } from "../launch.ts";
import { whisper } from "../whisper.ts";
import { type Form, textOf } from "./form.ts";

const chosen = z.looseObject({
  template: z
    .object({ template: z.looseObject({ selected_option: z.object({ value: z.string() }).nullish() }) })
    .optional(),
  visibility: z
    .object({
      visibility: z.looseObject({ selected_option: z.object({ value: z.enum(["private", "public"]) }).nullish() }),
    })
    .optional(),
  channel: z.object({ channel: z.looseObject({ selected_conversation: z.string().nullish() }) }).optional(),
});

/** What is wrong stands under its field, and nothing is made. */
export const createForm: Form = {
  callbackId: "create",
  submit: async ({ values }, call, desk) => {
    const request = requestOf(values, call);
    if (!request) return { errors: { channel: desk.words.slack.names.noChannel } };
    // The form is of no channel; what comes of it is told where the thread will be.
    const to = { person: call.person, channel: request.channel };
    const launched = await launch(request, { ...call, reply: (reply) => whisper(desk.client, to, reply) }, desk);
    if (!launched.made) {
      await launched.told?.();
      return { errors: { [launched.field ?? "name"]: launched.why } };
    }
    await whisper(desk.client, to, launched.reply);
    return undefined;
  },
};

function requestOf(values: unknown, call: Call): LaunchRequest | undefined {
  const picked = chosen.parse(values);
  const channel = picked.channel?.channel.selected_conversation ?? call.channel;
  if (channel === undefined) return undefined;
  const template = picked.template?.template.selected_option?.value;
  const visibility = picked.visibility?.visibility.selected_option?.value;
  const environments = textOf(values, "environments")
    .split(",")
    .map((name) => name.trim())
    .filter((name) => name !== "");
  const owner = textOf(values, "owner");
  const domain = textOf(values, "domain");
  return {
    name: textOf(values, "name"),
    channel,
    requestedBy: call.person,
    ...(call.team !== undefined && { team: call.team }),
    ...(template !== undefined && { template }),
    ...(visibility !== undefined && { visibility }),
    ...(environments.length > 0 && { environments }),
    ...(owner !== "" && { owner }),
    ...(domain !== "" && { domain }),
  };
}
