import { asBlocks, blockId } from "../blocks/as-blocks.ts";
import type { ElementState, ViewValues } from "./element-state.ts";

/** What the inputs of some blocks hold before anyone has touched them. */
export function initialValues(blocks: unknown[]): ViewValues {
  const values: ViewValues = {};
  asBlocks(blocks).forEach((block, index) => {
    for (const element of elementsOf(block)) {
      const state = initialState(element);
      if (state === undefined || typeof element.action_id !== "string") continue;
      values[blockId(block, index)] = { ...values[blockId(block, index)], [element.action_id]: state };
    }
  });
  return values;
}

type Loose = Record<string, unknown>;

function elementsOf(block: { type: string } & Loose): Loose[] {
  const found: unknown =
    block.type === "input" ? [block.element] : block.type === "actions" ? block.elements : [block.accessory];
  return Array.isArray(found) ? found.filter(isObject) : [];
}

function isObject(value: unknown): value is Loose {
  return typeof value === "object" && value !== null;
}

/** https://docs.slack.dev/reference/interaction-payloads/view-interactions-payload: an empty input is null or an empty list. */
function initialState(element: Loose): ElementState | undefined {
  const type = String(element.type);
  const text = (name: string) => (typeof element[name] === "string" ? element[name] : null);
  const list = (name: string): string[] => (Array.isArray(element[name]) ? element[name].map(String) : []);
  switch (type) {
    case "plain_text_input":
    case "email_text_input":
    case "url_text_input":
    case "number_input":
      return { type, value: text("initial_value") };
    case "static_select":
    case "external_select":
    case "radio_buttons":
      return { type, selected_option: element.initial_option ?? null };
    case "checkboxes":
    case "multi_static_select":
    case "multi_external_select":
      return { type, selected_options: Array.isArray(element.initial_options) ? element.initial_options : [] };
    case "users_select":
      return { type, selected_user: text("initial_user") };
    case "multi_users_select":
      return { type, selected_users: list("initial_users") };
    case "channels_select":
      return { type, selected_channel: text("initial_channel") };
    case "multi_channels_select":
      return { type, selected_channels: list("initial_channels") };
    case "conversations_select":
      return { type, selected_conversation: text("initial_conversation") };
    case "multi_conversations_select":
      return { type, selected_conversations: list("initial_conversations") };
    case "datepicker":
      return { type, selected_date: text("initial_date") };
    case "timepicker":
      return { type, selected_time: text("initial_time") };
    case "datetimepicker":
      return {
        type,
        selected_date_time: typeof element.initial_date_time === "number" ? element.initial_date_time : null,
      };
    default:
      return undefined;
  }
}
