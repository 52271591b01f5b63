import { all, byType, type Check, flag, list, object, oneOf, rule, text, url } from "./check.ts";
import { anyText, imageSource, oneImageSource, plainText } from "./composition.ts";
import { only } from "./elements.ts";
import { richText } from "./rich-text.ts";

/** The blocks that all surfaces know. https://docs.slack.dev/reference/block-kit/blocks */

export const blockId = { block_id: text(255) };

const selects = ["static_select", "external_select", "users_select", "conversations_select", "channels_select"];
const multiSelects = selects.map((type) => `multi_${type}`);
const pickers = ["datepicker", "timepicker"];
const boxes = ["checkboxes", "radio_buttons"];
const inputs = [
  "plain_text_input",
  "email_text_input",
  "url_text_input",
  "number_input",
  "rich_text_input",
  "file_input",
  "datetimepicker",
];

export const layout: Record<string, Check> = {
  section: all(
    object(
      {},
      {
        ...blockId,
        text: anyText(3000),
        fields: list(anyText(2000), 10, 1),
        accessory: byType(
          only("button", "image", "overflow", "workflow_button", ...selects, ...multiSelects, ...pickers, ...boxes),
        ),
        expand: flag,
      },
    ),
    rule(
      (block) => block.text !== undefined || block.fields !== undefined,
      "must define either `text` or `fields`",
      "/type",
    ),
  ),
  header: object({ text: plainText(150) }, blockId),
  divider: object({}, blockId),
  context: object({ elements: list(byType(only("image", "plain_text", "mrkdwn")), 10, 1) }, blockId),
  actions: object(
    {
      elements: list(
        byType(
          only(
            "button",
            "overflow",
            "workflow_button",
            "datetimepicker",
            "rich_text_input",
            ...selects,
            ...multiSelects,
            ...pickers,
            ...boxes,
          ),
        ),
        25,
        1,
      ),
    },
    blockId,
  ),
  context_actions: object({ elements: list(byType(only("feedback_buttons", "icon_button")), 5, 1) }, blockId),
  image: all(object({ alt_text: text(2000) }, { ...blockId, ...imageSource, title: plainText(2000) }), oneImageSource),
  input: object(
    { label: plainText(2000), element: byType(only(...inputs, ...selects, ...multiSelects, ...pickers, ...boxes)) },
    { ...blockId, hint: plainText(2000), optional: flag, dispatch_action: flag },
  ),
  rich_text: richText,
  video: object(
    { alt_text: text(2000), title: plainText(199), thumbnail_url: url, video_url: url },
    {
      ...blockId,
      title_url: url,
      author_name: text(49),
      provider_name: text(255),
      provider_icon_url: url,
      description: plainText(199),
    },
  ),
  file: object({ external_id: text(255), source: oneOf("remote") }, blockId),
};
