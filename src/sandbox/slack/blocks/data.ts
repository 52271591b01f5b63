import { byType, type Check, flag, list, number, object, oneOf, text, whole } from "./check.ts";
import { blockId } from "./layout.ts";
import { richText } from "./rich-text.ts";

/** Markdown and tables: messages only. */

const anyString = text(Number.MAX_SAFE_INTEGER);
const cell = byType({
  raw_text: object({ text: anyString }),
  raw_number: object({ value: number, text: anyString }),
  rich_text: richText,
});
const rows = list(list(cell, 20, 1), 100, 1);

export const data: Record<string, Check> = {
  // https://docs.slack.dev/reference/block-kit/blocks/markdown-block
  markdown: object({ text: text(12_000) }, blockId),
  // https://docs.slack.dev/reference/block-kit/blocks/table-block
  table: object(
    { rows },
    {
      ...blockId,
      column_settings: list(object({}, { align: oneOf("left", "center", "right"), is_wrapped: flag }), 20),
    },
  ),
  data_table: object(
    { rows, caption: text(255) },
    { ...blockId, page_size: whole(1, 100), row_header_column_index: whole(0, 19) },
  ),
};
