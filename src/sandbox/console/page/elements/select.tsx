import type { MultiSelect, PlainTextOption, Select as SingleSelect } from "@slack/types";
import type { Option, OptionGroup } from "../client/create-client.ts";
import { useDirectory } from "../directory.ts";
import { useSurface } from "../surface.ts";
import type { ElementProps } from "./element-props.ts";
import type { ElementState } from "./element-state.ts";
import { Picker } from "./picker.tsx";

/** All of Slack's select menus: https://docs.slack.dev/reference/block-kit/block-elements/select-menu-element */
export function Select(props: ElementProps<SingleSelect | MultiSelect>) {
  const { element, blockId, label, invalid, dispatches = true } = props;
  const surface = useSurface();
  const directory = useDirectory();
  const place = { block_id: blockId, action_id: element.action_id ?? "" };
  const multiple = element.type.startsWith("multi_");
  const groups = groupsOf(element, directory);
  const everyOption = groups.flatMap(({ options }) => options);
  const chosen = chosenIn(surface.state(place), everyOption);

  const change = (options: Option[]) => {
    const state = stateOf(element.type, options);
    surface.change(place, state);
    if (dispatches) surface.act(place, { state, confirm: element.confirm });
  };
  const external = element.type === "external_select" || element.type === "multi_external_select";
  return (
    <Picker
      label={label ?? element.placeholder?.text ?? "Select"}
      placeholder={element.placeholder?.text ?? (multiple ? "Select options" : "Select an option")}
      groups={groups}
      chosen={chosen}
      multiple={multiple}
      most={"max_selected_items" in element ? element.max_selected_items : undefined}
      invalid={invalid}
      onChange={change}
      load={external ? (query) => surface.suggest(place, query) : undefined}
      minQueryLength={"min_query_length" in element ? (element.min_query_length ?? 3) : 0}
    />
  );
}

type Directory = ReturnType<typeof useDirectory>;

function groupsOf(element: SingleSelect | MultiSelect, directory: Directory): OptionGroup[] {
  switch (element.type) {
    case "static_select":
    case "multi_static_select":
      return element.option_groups ?? [{ label: { text: "" }, options: element.options ?? [] }];
    case "external_select":
    case "multi_external_select":
      return [];
    case "users_select":
    case "multi_users_select":
      return [{ label: { text: "" }, options: directory.people }];
    case "channels_select":
    case "multi_channels_select":
      return [{ label: { text: "" }, options: directory.channels }];
    case "conversations_select":
    case "multi_conversations_select":
      return [{ label: { text: "" }, options: [...directory.channels, ...directory.directs] }];
  }
}

/** The options that a state names, whether by themselves or by an id. */
function chosenIn(state: ElementState | undefined, options: Option[]): Option[] {
  if (state === undefined) return [];
  const whole = [state.selected_option, ...(state.selected_options ?? [])].filter(
    (option): option is PlainTextOption => typeof option === "object" && option !== null,
  );
  const ids = [
    state.selected_user,
    state.selected_channel,
    state.selected_conversation,
    ...(state.selected_users ?? []),
    ...(state.selected_channels ?? []),
    ...(state.selected_conversations ?? []),
  ].filter((id) => typeof id === "string");
  return [
    ...whole,
    ...ids.map(
      (id) => options.find(({ value }) => value === id) ?? { text: { type: "plain_text", text: id }, value: id },
    ),
  ];
}

function stateOf(type: string, options: Option[]): ElementState {
  const ids = options.map(({ value }) => value ?? "");
  switch (type) {
    case "users_select":
      return { type, selected_user: ids[0] ?? null };
    case "multi_users_select":
      return { type, selected_users: ids };
    case "channels_select":
      return { type, selected_channel: ids[0] ?? null };
    case "multi_channels_select":
      return { type, selected_channels: ids };
    case "conversations_select":
      return { type, selected_conversation: ids[0] ?? null };
    case "multi_conversations_select":
      return { type, selected_conversations: ids };
    case "multi_static_select":
    case "multi_external_select":
      return { type, selected_options: options };
    default:
      return { type, selected_option: options[0] ?? null };
  }
}
