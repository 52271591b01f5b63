import { isFields } from "./is-fields.ts";
import type { Fields, InputState } from "./model.ts";
import { stateField } from "./state-field.ts";

/**
 * What a person typed or chose, as Slack puts it into `state.values`. Given as text, as the option's value, as a
 * list of these, or already in Slack's own shape.
 */
export function readInput(element: Fields, given: unknown): InputState {
  const type = String(element.type);
  if (isFields(given) && given.type === type) return { ...given, type };
  const field = stateField(type) ?? "value";
  switch (field) {
    case "selected_option":
      return { type, [field]: optionOf(element, given) };
    case "selected_options":
      return { type, [field]: listOf(given).map((entry) => optionOf(element, entry)) };
    default:
      return {
        type,
        [field]: field.endsWith("s") ? listOf(given) : given === "" || given === undefined ? null : given,
      };
  }
}

function optionOf(element: Fields, given: unknown): unknown {
  if (given === null || given === undefined || given === "") return null;
  if (isFields(given)) return given;
  const groups = Array.isArray(element.option_groups) ? element.option_groups.filter(isFields) : [];
  const options = [element, ...groups].flatMap((holder) => (Array.isArray(holder.options) ? holder.options : []));
  const value = String(given);
  // An external select's options are the app's; a bare value is all that is known of one.
  return (
    options.filter(isFields).find((option) => option.value === value) ?? {
      text: { type: "plain_text", text: value, emoji: true },
      value,
    }
  );
}

function listOf(given: unknown): unknown[] {
  if (given === null || given === undefined || given === "") return [];
  return Array.isArray(given) ? given : [given];
}
