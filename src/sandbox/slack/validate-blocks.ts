import { alerts, cards, plans } from "./blocks/agent.ts";
import { byType, type Check, list, problem } from "./blocks/check.ts";
import { data } from "./blocks/data.ts";
import { layout } from "./blocks/layout.ts";
import { inputsOf } from "./inputs-of.ts";
import { isFields } from "./is-fields.ts";

export type Surface = "message" | "modal" | "home";

/** "up to 50 blocks in each message, and 100 blocks in modals or Home tabs". https://docs.slack.dev/block-kit */
const MOST: Record<Surface, number> = { message: 50, modal: 100, home: 100 };

/**
 * Everything that Slack would refuse in these blocks, as its response_metadata.messages say it without the
 * `[ERROR]`: `must be less than 3001 characters [json-pointer:/blocks/0/text/text]`. Empty: they are fine.
 * `planBlocks: false` is a workspace that does not know plan and task_card yet.
 */
export function validateBlocks(
  blocks: unknown[],
  surface: Surface,
  workspace: { planBlocks?: boolean } = {},
): string[] {
  const at = surface === "message" ? "/blocks" : "/view/blocks";
  return [
    ...list(byType(known(surface, workspace.planBlocks ?? true)), MOST[surface])(blocks, at),
    ...repeatedIds(blocks, at),
    ...repeatedTables(blocks, at),
    ...repeatedFocus(blocks, at),
  ];
}

function known(surface: Surface, planBlocks: boolean): Record<string, Check> {
  switch (surface) {
    case "message": {
      const { file: _, ...inMessages } = layout;
      return { ...inMessages, ...data, ...cards, ...(planBlocks ? plans : {}) };
    }
    case "modal":
      return { ...layout, ...alerts };
    case "home":
      return layout;
  }
}

/** A block_id is unique in the message or view, an action_id in its block. */
function repeatedIds(blocks: unknown[], at: string): string[] {
  const seen = new Set<unknown>();
  return blocks.flatMap((block, index) => {
    if (!isFields(block)) return [];
    const repeated = block.block_id !== undefined && seen.has(block.block_id);
    seen.add(block.block_id);
    const actions = inputsOf([block]).map(({ actionId }) => actionId);
    const twice = new Set(actions.filter((id, position) => actions.indexOf(id) !== position));
    return [
      ...(repeated ? [problem(`\`block_id\` "${block.block_id}" already exists`, `${at}/${index}/block_id`)] : []),
      ...[...twice].map((id) => problem(`\`action_id\` "${id}" already exists for this block`, `${at}/${index}`)),
    ];
  });
}

/** "only one table per message" */
function repeatedTables(blocks: unknown[], at: string): string[] {
  const tables = blocks.flatMap((block, index) => (isFields(block) && block.type === "table" ? [index] : []));
  return tables.slice(1).map((index) => problem("only_one_table_allowed", `${at}/${index}`));
}

/** "Only one element can be set to true": focus_on_load. */
function repeatedFocus(blocks: unknown[], at: string): string[] {
  const focused = inputsOf(blocks.filter(isFields)).filter(({ element }) => element.focus_on_load === true);
  return focused.length > 1 ? [problem("only one element can have `focus_on_load`", at)] : [];
}
