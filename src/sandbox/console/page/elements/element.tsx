import type { ActionsBlockElement, InputBlockElement, SectionBlockAccessory } from "@slack/types";
import { Button } from "./button.tsx";
import { Choices } from "./choices.tsx";
import { DateInput } from "./date-input.tsx";
import type { ElementProps } from "./element-props.ts";
import { Overflow } from "./overflow.tsx";
import { Select } from "./select.tsx";
import { TextInput } from "./text-input.tsx";

/** https://docs.slack.dev/reference/block-kit/block-elements */
export function Element(props: ElementProps<ActionsBlockElement | InputBlockElement | SectionBlockAccessory>) {
  const { element, ...rest } = props;
  switch (element.type) {
    case "button":
      return <Button element={element} {...rest} />;
    case "workflow_button":
      return <span class="block-unknown">{element.text.text}</span>;
    case "overflow":
      return <Overflow element={element} {...rest} />;
    case "image":
      return <img src={"image_url" in element ? element.image_url : ""} alt={element.alt_text} />;
    case "checkboxes":
    case "radio_buttons":
      return <Choices element={element} {...rest} />;
    case "plain_text_input":
    case "email_text_input":
    case "url_text_input":
    case "number_input":
      return <TextInput element={element} {...rest} />;
    case "datepicker":
    case "timepicker":
    case "datetimepicker":
      return <DateInput element={element} {...rest} />;
    case "static_select":
    case "multi_static_select":
    case "external_select":
    case "multi_external_select":
    case "users_select":
    case "multi_users_select":
    case "channels_select":
    case "multi_channels_select":
    case "conversations_select":
    case "multi_conversations_select":
      return <Select element={element} {...rest} />;
    default:
      return <span class="block-unknown">A “{element.type}”, which the sandbox does not draw.</span>;
  }
}
