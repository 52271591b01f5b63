import { inputsOf } from "../inputs-of.ts";
import type { View } from "../model.ts";
import { stateField } from "../state-field.ts";

/** What Slack's client itself holds a person back for before it submits: by block_id, in its own words. */
export function checkFields(view: View): Record<string, string> {
  const errors: Record<string, string> = {};
  for (const { blockId, actionId, element, isField, isOptional } of inputsOf(view.blocks)) {
    if (!isField) continue;
    const field = stateField(String(element.type)) ?? "value";
    const value = view.state[blockId]?.[actionId]?.[field];
    const isEmpty =
      value === null || value === undefined || value === "" || (Array.isArray(value) && value.length === 0);
    if (isEmpty) {
      if (!isOptional) errors[blockId] = "Please complete this required field.";
    } else if (typeof value === "string") {
      const problem = checkText(element, value);
      if (problem !== undefined) errors[blockId] = problem;
    }
  }
  return errors;
}

function checkText(element: Record<string, unknown>, value: string): string | undefined {
  const { min_length: least, max_length: most } = element;
  if (typeof least === "number" && value.length < least) return `Must be at least ${least} characters.`;
  if (typeof most === "number" && value.length > most) return `Must be at most ${most} characters.`;
  if (element.type === "email_text_input" && !/^\S+@\S+\.\S+$/.test(value)) return "Enter a valid email address.";
  if (element.type === "url_text_input" && !URL.canParse(value)) return "Enter a valid URL.";
  if (element.type !== "number_input") return undefined;
  const number = Number(value);
  if (Number.isNaN(number)) return "Enter a number.";
  if (element.is_decimal_allowed !== true && !Number.isInteger(number)) return "Enter a whole number.";
  if (element.min_value !== undefined && number < Number(element.min_value))
    return `Enter ${element.min_value} or more.`;
  if (element.max_value !== undefined && number > Number(element.max_value))
    return `Enter ${element.max_value} or less.`;
  return undefined;
}
