import { byType, type Check, flag, list, object, oneOf, rule, schema, text, url } from "./check.ts";

/** https://docs.slack.dev/reference/block-kit/composition-objects */

export function plainText(most: number): Check {
  return schema(byType({ plain_text: object({ text: text(most) }, { emoji: flag }) }));
}

export function mrkdwn(most: number): Check {
  return schema(byType({ mrkdwn: object({ text: text(most) }, { verbatim: flag }) }));
}

export function anyText(most: number): Check {
  return schema(
    byType({
      plain_text: object({ text: text(most) }, { emoji: flag }),
      mrkdwn: object({ text: text(most) }, { verbatim: flag }),
    }),
  );
}

const option = (label: Check, more: Record<string, Check> = {}): Check =>
  object({ text: label, value: text(150) }, { description: anyText(75), ...more });

/** An option of a select or an overflow menu. */
export const plainOption = option(plainText(75));
export const overflowOption = object({ text: plainText(75) }, { value: text(150), description: plainText(75), url });
/** An option of checkboxes or radio buttons. */
export const richOption = option(anyText(75));

/** A static menu's choices: options or groups of them, not both. */
export const choices: Check = rule(
  (element) => (element.options === undefined) !== (element.option_groups === undefined),
  "must define either `options` or `option_groups`",
);
export const optionGroups = list(object({ label: plainText(75), options: list(plainOption, 100, 1) }), 100, 1);

export const confirm: Check = object(
  { title: plainText(100), text: anyText(300), confirm: plainText(30), deny: plainText(30) },
  { style: oneOf("primary", "danger") },
);

export const dispatchConfig: Check = object(
  {},
  { trigger_actions_on: list(oneOf("on_enter_pressed", "on_character_entered"), 2, 1) },
);

export const conversationFilter: Check = object(
  {},
  {
    include: list(oneOf("im", "mpim", "private", "public"), 4, 1),
    exclude_external_shared_channels: flag,
    exclude_bot_users: flag,
  },
);

/** An image has an address or a file of Slack's. */
export const imageSource: Record<string, Check> = { image_url: url, slack_file: object({}, { id: text(255), url }) };
export const oneImageSource = rule(
  (image) => (image.image_url === undefined) !== (image.slack_file === undefined),
  "must define either `image_url` or `slack_file`",
);
