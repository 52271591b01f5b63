import { inputsOf } from "./inputs-of.ts";
import type { Fields, InputState, StateValues } from "./model.ts";
import { stateField } from "./state-field.ts";

/** The `state.values` of blocks that nobody has touched yet: the initial values, or null. */
export function initialState(blocks: Fields[]): StateValues {
  const values: StateValues = {};
  for (const { blockId, actionId, element } of inputsOf(blocks)) {
    const initial = initialInput(element);
    if (initial === undefined) continue;
    values[blockId] = { ...values[blockId], [actionId]: initial };
  }
  return values;
}

function initialInput(element: Fields): InputState | undefined {
  const type = String(element.type);
  const field = stateField(type);
  if (field === undefined) return undefined;
  const initial = element[INITIAL[field] ?? "initial_value"];
  return { type, [field]: initial ?? (field.endsWith("s") ? [] : null) };
}

const INITIAL: Record<string, string> = {
  selected_option: "initial_option",
  selected_options: "initial_options",
  selected_user: "initial_user",
  selected_users: "initial_users",
  selected_conversation: "initial_conversation",
  selected_conversations: "initial_conversations",
  selected_channel: "initial_channel",
  selected_channels: "initial_channels",
  selected_date: "initial_date",
  selected_time: "initial_time",
  selected_date_time: "initial_date_time",
};
