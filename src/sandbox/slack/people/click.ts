import { describeMessage } from "../describe-message.ts";
import { describeView } from "../describe-view.ts";
import type { Fields, InputState, Person, Slack } from "../model.ts";
import { newResponseUrl } from "../new-response-url.ts";
import { newTrigger } from "../new-trigger.ts";
import { readInput } from "../read-input.ts";
import { stateField } from "../state-field.ts";
import { interaction } from "./interaction.ts";
import { type Located, locate, type Place } from "./locate.ts";
import { notice } from "./notice.ts";
import { takeValues, type Values } from "./take-values.ts";

export interface Click extends Place {
  /** The clicked option of an overflow menu or a select, by its value; the text of an input that dispatches. */
  value?: string | undefined;
  /** The same for elements that take several, or a whole state value. */
  selected?: unknown;
  /** What else stands in the modal's fields right now. */
  values?: Values | undefined;
}

/** A person uses a button, a menu or another interactive element: block_actions. Resolves with the app's answer. */
export async function click(slack: Slack, person: Person, given: Click): Promise<void> {
  const located = locate(slack, person, given);
  if (located.where === "view" && given.values !== undefined) takeValues(located.view, given.values);
  const { element, blockId, actionId } = located.input;
  const chosen =
    stateField(String(element.type)) === undefined ? undefined : readInput(element, given.selected ?? given.value);
  const holder = located.where === "view" ? located.view : located.message;
  if (chosen !== undefined) holder.state[blockId] = { ...holder.state[blockId], [actionId]: chosen };

  const outcome = await slack.deliver({
    type: "interactive",
    acceptsResponse: false,
    payload: {
      type: "block_actions",
      ...interaction(slack, person),
      ...surface(slack, person, located),
      actions: [describeAction(slack, located, given, chosen)],
    },
  });
  if (outcome.state === "failed") {
    const channel = located.where === "message" ? located.channel.id : undefined;
    notice(slack, person.id, `${slack.app.name} failed with the error "${outcome.error}"`, channel);
  }
}

function surface(slack: Slack, person: Person, located: Located): Fields {
  if (located.where === "view") {
    const { view } = located;
    return {
      trigger_id: newTrigger(slack, person.id, view.type === "modal" ? view.id : undefined),
      container: { type: "view", view_id: view.id },
      view: describeView(slack, view),
    };
  }
  const { channel, message } = located;
  const isEphemeral = message.ephemeralTo !== undefined;
  const thread = message.threadTs === undefined ? {} : { thread_ts: message.threadTs };
  return {
    trigger_id: newTrigger(slack, person.id),
    container: {
      type: "message",
      message_ts: message.ts,
      channel_id: channel.id,
      is_ephemeral: isEphemeral,
      ...thread,
    },
    channel: { id: channel.id, name: channel.name },
    // Slack keeps no ephemeral messages, so it cannot send one along.
    ...(isEphemeral ? {} : { message: describeMessage(slack, message, { metadata: true }) }),
    state: { values: message.state },
    response_url: newResponseUrl(slack, "actions", {
      person: person.id,
      channel: channel.id,
      messageTs: message.ts,
      ...(message.threadTs === undefined ? {} : { threadTs: message.threadTs }),
    }),
  };
}

function describeAction(slack: Slack, located: Located, given: Click, chosen: InputState | undefined): Fields {
  const { element, blockId, actionId } = located.input;
  const { text, value, style, url, placeholder, confirm } = element;
  const shown = Object.fromEntries(
    Object.entries({ text, value, style, url, placeholder, confirm }).filter(([, entry]) => entry !== undefined),
  );
  const option = element.type === "overflow" ? { selected_option: readOption(element, given.value) } : {};
  return {
    ...shown,
    ...option,
    ...chosen,
    type: element.type,
    action_id: actionId,
    block_id: blockId,
    action_ts: slack.nextTs(),
  };
}

function readOption(element: Fields, value: string | undefined): unknown {
  return readInput({ ...element, type: "static_select" }, value).selected_option;
}
