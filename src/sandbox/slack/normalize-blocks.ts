import { isFields } from "./is-fields.ts";
import type { Fields, Slack } from "./model.ts";

/** Element types that send actions, and so get an action_id when the app gave none. */
const INTERACTIVE =
  /^(button|icon_button|feedback_buttons|workflow_button|overflow|checkboxes|radio_buttons|datepicker|timepicker|datetimepicker|file_input|.*_select|.*_input)$/;

/**
 * Blocks as Slack stores them: a copy with the ids and the defaults that Slack fills in, which is what an app
 * that reads its message back gets (`emoji: true`, `verbatim: false`, generated block_id and action_id).
 */
export function normalizeBlocks(slack: Slack, blocks: unknown[]): Fields[] {
  return blocks.filter(isFields).map((block) => ({
    ...normalizeFields(slack, block),
    block_id: typeof block.block_id === "string" && block.block_id !== "" ? block.block_id : slack.text(5),
  }));
}

function normalize(slack: Slack, value: unknown): unknown {
  if (Array.isArray(value)) return value.map((entry) => normalize(slack, entry));
  return isFields(value) ? normalizeFields(slack, value) : value;
}

function normalizeFields(slack: Slack, fields: Fields): Fields {
  const copy: Fields = Object.fromEntries(Object.entries(fields).map(([key, value]) => [key, normalize(slack, value)]));
  if (fields.type === "plain_text" && fields.emoji === undefined) copy.emoji = true;
  if (fields.type === "mrkdwn" && fields.verbatim === undefined) copy.verbatim = false;
  if (typeof fields.type === "string" && INTERACTIVE.test(fields.type) && fields.action_id === undefined) {
    copy.action_id = slack.text(5);
  }
  return copy;
}
