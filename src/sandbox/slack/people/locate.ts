import { type Input, inputsOf } from "../inputs-of.ts";
import { isFields } from "../is-fields.ts";
import type { Channel, Message, Person, Slack, View } from "../model.ts";

/** Where an element is, as the person's client names it. */
export interface Place {
  channel?: string | undefined;
  message_ts?: string | undefined;
  view_id?: string | undefined;
  block_id: string;
  action_id: string;
}

export type Located =
  | { where: "message"; channel: Channel; message: Message; input: Input }
  | { where: "view"; view: View; input: Input };

/** The element that a person clicked or typed into. Throws where there is none: a client only shows what is there. */
export function locate(slack: Slack, person: Person, place: Place): Located {
  if (place.view_id !== undefined) {
    const view = slack.views.get(place.view_id);
    if (view === undefined || view.person !== person.id) throw new Error(`no view ${place.view_id} for ${person.name}`);
    return { where: "view", view, input: find(inputsOf(view.blocks), place) };
  }
  const channel = slack.channels.get(place.channel ?? "");
  const message = slack.messages.get(place.channel ?? "")?.find((entry) => entry.ts === place.message_ts);
  const hidden = message?.ephemeralTo !== undefined && message.ephemeralTo !== person.id;
  if (channel === undefined || message === undefined || hidden) {
    throw new Error(`no message ${place.message_ts} in ${place.channel}`);
  }
  const attached = (message.attachments ?? [])
    .filter(isFields)
    .flatMap((attachment) => (Array.isArray(attachment.blocks) ? attachment.blocks.filter(isFields) : []));
  return { where: "message", channel, message, input: find(inputsOf([...(message.blocks ?? []), ...attached]), place) };
}

/** A message that is edited while a person reads it gets new block ids; its buttons are still the ones that were read. */
function find(inputs: Input[], place: Place): Input {
  const named = inputs.filter((entry) => entry.actionId === place.action_id);
  const input = named.find((entry) => entry.blockId === place.block_id) ?? (named.length === 1 ? named[0] : undefined);
  if (input === undefined) throw new Error(`no element ${place.action_id} in block ${place.block_id}`);
  return input;
}
