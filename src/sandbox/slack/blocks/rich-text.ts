import { byType, type Check, flag, list, number, object, oneOf, text, url, whole } from "./check.ts";

/** https://docs.slack.dev/reference/block-kit/blocks/rich-text-block */

const MANY = 1000;
const anyString = text(Number.MAX_SAFE_INTEGER);
const style = object(
  {},
  {
    bold: flag,
    italic: flag,
    strike: flag,
    underline: flag,
    code: flag,
    highlight: flag,
    unlink: flag,
    client_highlight: flag,
  },
);

const inline: Record<string, Check> = {
  broadcast: object({ range: oneOf("here", "channel", "everyone") }, { style }),
  channel: object({ channel_id: anyString }, { style }),
  color: object({ value: anyString }, { style }),
  date: object({ timestamp: number, format: anyString }, { style, url, fallback: anyString }),
  emoji: object({ name: anyString }, { style, unicode: anyString, url }),
  link: object({ url }, { style, text: anyString, unsafe: flag }),
  team: object({ team_id: anyString }, { style }),
  text: object({ text: anyString }, { style }),
  user: object({ user_id: anyString }, { style }),
  usergroup: object({ usergroup_id: anyString }, { style }),
};

const inlineList = list(byType(inline), MANY);
const border = whole(0, 1);
const section = object({ elements: inlineList });

const parts = byType({
  rich_text_section: section,
  rich_text_list: object(
    { elements: list(byType({ rich_text_section: section }), MANY), style: oneOf("bullet", "ordered") },
    { indent: whole(0, 8), offset: whole(0, MANY), border },
  ),
  rich_text_preformatted: object(
    { elements: list(byType({ text: inline.text ?? section, link: inline.link ?? section }), MANY) },
    { border, language: anyString },
  ),
  rich_text_quote: object({ elements: inlineList }, { border }),
});

export const richText: Check = object({ elements: list(parts, MANY) }, { block_id: text(255) });
