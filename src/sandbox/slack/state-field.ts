/**
 * The field of a state value that holds what a person chose, by element type; undefined for elements that keep
 * nothing (a button). https://docs.slack.dev/reference/interaction-payloads/view-interactions-payload
 */
export function stateField(elementType: string): string | undefined {
  return FIELDS[elementType];
}

const FIELDS: Record<string, string> = {
  plain_text_input: "value",
  email_text_input: "value",
  url_text_input: "value",
  number_input: "value",
  rich_text_input: "rich_text_value",
  file_input: "files",
  static_select: "selected_option",
  external_select: "selected_option",
  radio_buttons: "selected_option",
  checkboxes: "selected_options",
  multi_static_select: "selected_options",
  multi_external_select: "selected_options",
  users_select: "selected_user",
  multi_users_select: "selected_users",
  conversations_select: "selected_conversation",
  multi_conversations_select: "selected_conversations",
  channels_select: "selected_channel",
  multi_channels_select: "selected_channels",
  datepicker: "selected_date",
  timepicker: "selected_time",
  datetimepicker: "selected_date_time",
};
