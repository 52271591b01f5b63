import { inputsOf } from "../inputs-of.ts";
import { isFields } from "../is-fields.ts";
import type { View } from "../model.ts";
import { readInput } from "../read-input.ts";

/**
 * What stands in a modal's fields: by block_id the field's value, or by block_id and action_id. A value is text, an
 * option's value, a list of these, null, or Slack's own state value.
 */
export type Values = Record<string, unknown>;

/** Writes what a person typed into the view's state. */
export function takeValues(view: View, values: Values): void {
  for (const { blockId, actionId, element } of inputsOf(view.blocks)) {
    if (!(blockId in values)) continue;
    const given = values[blockId];
    const value = isFields(given) && actionId in given ? given[actionId] : given;
    // A block's values may name some of its elements only.
    if (isFields(value) && value === given && value.type !== element.type && value.value === undefined) continue;
    view.state[blockId] = { ...view.state[blockId], [actionId]: readInput(element, value) };
  }
}
