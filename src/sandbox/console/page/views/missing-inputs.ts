import { asBlocks, blockId } from "../blocks/as-blocks.ts";
import type { ElementState, ViewValues } from "../elements/element-state.ts";

/** Slack's client does not submit a modal while an input that is not optional is empty. */
export function missingInputs(blocks: unknown[], values: ViewValues): Record<string, string> {
  const missing: Record<string, string> = {};
  asBlocks(blocks).forEach((block, index) => {
    if (block.type !== "input" || block.optional === true) return;
    const states = Object.values(values[blockId(block, index)] ?? {});
    if (states.length > 0 && states.every(isEmpty))
      missing[blockId(block, index)] = "Please complete this required field.";
  });
  return missing;
}

function isEmpty({ type: _type, ...values }: ElementState): boolean {
  return Object.values(values).every(
    (value) => value === null || value === "" || (Array.isArray(value) && value.length === 0),
  );
}
