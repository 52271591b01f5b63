import { all, type Check, flag, list, matching, number, object, oneOf, rule, text, url, whole } from "./check.ts";
import {
  anyText,
  choices,
  confirm,
  conversationFilter,
  dispatchConfig,
  imageSource,
  oneImageSource,
  optionGroups,
  overflowOption,
  plainOption,
  plainText,
  richOption,
} from "./composition.ts";
import { richText } from "./rich-text.ts";

/** https://docs.slack.dev/reference/block-kit/block-elements */

const actionable = { action_id: text(255) };
const confirmable = { ...actionable, confirm };
const field = { ...actionable, focus_on_load: flag, placeholder: plainText(150) };
const typed = { ...field, dispatch_action_config: dispatchConfig, initial_value: text(3000, 0) };
const menu = { ...field, confirm };
const several = { ...menu, max_selected_items: whole(1, 100) };
const ids = list(text(255), 100);
const numeral = matching(/^-?\d+(\.\d+)?$/, "must be a valid number");
const style = oneOf("primary", "danger");

const feedback = object({ text: plainText(75), value: text(2000) }, { accessibility_label: text(75) });

export const button = object(
  { text: plainText(75) },
  { ...confirmable, value: text(2000, 0), url, style, accessibility_label: text(75) },
);

export const image = all(object({ alt_text: text(2000) }, imageSource), oneImageSource);

/** Every element by its type. Which may stand where is the block's matter. */
export const elements: Record<string, Check> = {
  button,
  image,
  checkboxes: object(
    { options: list(richOption, 10, 1) },
    { ...confirmable, focus_on_load: flag, initial_options: list(richOption, 10, 1) },
  ),
  radio_buttons: object(
    { options: list(richOption, 10, 1) },
    { ...confirmable, focus_on_load: flag, initial_option: richOption },
  ),
  overflow: object({ options: list(overflowOption, 5, 1) }, confirmable),
  workflow_button: object(
    {
      text: plainText(75),
      workflow: object({
        trigger: object(
          { url },
          { customizable_input_parameters: list(object({ name: text(255), value: text(3000, 0) }), 100) },
        ),
      }),
    },
    { ...actionable, style, accessibility_label: text(75) },
  ),
  feedback_buttons: object({ positive_button: feedback, negative_button: feedback }, actionable),
  icon_button: object(
    { icon: text(255), text: plainText(75) },
    { ...confirmable, value: text(2000), accessibility_label: text(75), visible_to_user_ids: ids },
  ),

  datepicker: object({}, { ...menu, initial_date: matching(/^\d{4}-\d\d-\d\d$/, "must be a valid date") }),
  timepicker: object(
    {},
    { ...menu, initial_time: matching(/^\d\d:\d\d$/, "must be a valid time"), timezone: text(255) },
  ),
  datetimepicker: object({}, { ...confirmable, focus_on_load: flag, initial_date_time: number }),

  plain_text_input: all(
    object({}, { ...typed, multiline: flag, min_length: whole(0, 3000), max_length: whole(1, 3000) }),
    rule(
      (input) => !(Number(input.min_length) > Number(input.max_length)),
      "`min_length` cannot be greater than `max_length`",
    ),
  ),
  email_text_input: object({}, typed),
  url_text_input: object({}, typed),
  number_input: object(
    { is_decimal_allowed: flag },
    { ...typed, initial_value: numeral, min_value: numeral, max_value: numeral },
  ),
  rich_text_input: object(
    {},
    {
      ...field,
      dispatch_action_config: dispatchConfig,
      initial_value: richText,
      min_lines: whole(1, 100),
      max_lines: whole(1, 100),
    },
  ),
  file_input: object({}, { ...actionable, filetypes: ids, max_files: whole(1, 10) }),

  static_select: all(
    object(
      {},
      { ...menu, options: list(plainOption, 100, 1), option_groups: optionGroups, initial_option: plainOption },
    ),
    choices,
  ),
  multi_static_select: all(
    object(
      {},
      {
        ...several,
        options: list(plainOption, 100, 1),
        option_groups: optionGroups,
        initial_options: list(plainOption, 100, 1),
      },
    ),
    choices,
  ),
  external_select: object({}, { ...menu, min_query_length: whole(0, 3000), initial_option: plainOption }),
  multi_external_select: object(
    {},
    { ...several, min_query_length: whole(0, 3000), initial_options: list(plainOption, 100, 1) },
  ),
  users_select: object({}, { ...menu, initial_user: text(255) }),
  multi_users_select: object({}, { ...several, initial_users: ids }),
  conversations_select: object(
    {},
    {
      ...menu,
      initial_conversation: text(255),
      default_to_current_conversation: flag,
      filter: conversationFilter,
      response_url_enabled: flag,
    },
  ),
  multi_conversations_select: object(
    {},
    { ...several, initial_conversations: ids, default_to_current_conversation: flag, filter: conversationFilter },
  ),
  channels_select: object({}, { ...menu, initial_channel: text(255), response_url_enabled: flag }),
  multi_channels_select: object({}, { ...several, initial_channels: ids }),

  plain_text: anyText(3000),
  mrkdwn: anyText(3000),
};

/** The elements of these types, for a block that takes no others. */
export function only(...types: string[]): Record<string, Check> {
  return Object.fromEntries(Object.entries(elements).filter(([type]) => types.includes(type)));
}
