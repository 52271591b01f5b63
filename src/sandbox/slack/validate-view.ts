import { type Check, flag, object, problem, text } from "./blocks/check.ts";
import { plainText } from "./blocks/composition.ts";
import { isFields } from "./is-fields.ts";
import type { Fields } from "./model.ts";
import { validateBlocks } from "./validate-blocks.ts";

const shared: Record<string, Check> = {
  private_metadata: text(3000, 0),
  callback_id: text(255, 0),
  external_id: text(255, 0),
};

/** Checked by validateBlocks. */
const anything: Check = () => [];

const views: Record<"modal" | "home", Check> = {
  // https://docs.slack.dev/reference/views/modal-views
  modal: object(
    { title: plainText(24), blocks: anything },
    { ...shared, close: plainText(24), submit: plainText(24), clear_on_close: flag, notify_on_close: flag },
  ),
  // https://docs.slack.dev/reference/views/home-tab-views; modals' fields are taken and mean nothing.
  home: object(
    { blocks: anything },
    {
      ...shared,
      title: plainText(24),
      close: plainText(24),
      submit: plainText(24),
      clear_on_close: flag,
      notify_on_close: flag,
    },
  ),
};

/** Everything that views.open, push, update and publish would refuse in this view, in Slack's words; empty: it is fine. */
export function validateView(view: Fields, type: "modal" | "home", workspace: { planBlocks?: boolean } = {}): string[] {
  if (view.type !== type) return [problem(`unsupported type: ${String(view.type)}`, "/view/type")];
  const blocks = Array.isArray(view.blocks) ? view.blocks : [];
  const asksInput = blocks.some((block) => isFields(block) && block.type === "input");
  const errors = [
    ...views[type](view, "/view"),
    ...(Array.isArray(view.blocks) || view.blocks === undefined
      ? []
      : [problem("must provide an array", "/view/blocks")]),
    ...validateBlocks(blocks, type, workspace),
    ...(type === "modal" && asksInput && view.submit === undefined
      ? [problem("missing required field: submit", "/view")]
      : []),
  ];
  return errors;
}
