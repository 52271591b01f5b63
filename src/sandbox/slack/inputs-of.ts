import { isFields } from "./is-fields.ts";
import type { Fields } from "./model.ts";

export interface Input {
  blockId: string;
  actionId: string;
  element: Fields;
  /** The element of an `input` block, which a modal's submit asks for. */
  isField: boolean;
  isOptional: boolean;
}

/** Every interactive element of the blocks, wherever it sits: input, accessory, actions, a card's buttons. */
export function inputsOf(blocks: Fields[]): Input[] {
  return blocks.flatMap((block) => {
    const blockId = String(block.block_id ?? "");
    const isField = block.type === "input";
    const inner = [...listOf(block.child_blocks), ...(block.type === "carousel" ? listOf(block.elements) : [])];
    const own = [block.element, block.accessory, ...listOf(block.elements), ...listOf(block.actions)]
      .filter(isFields)
      .filter((element) => typeof element.action_id === "string")
      .map((element) => ({
        blockId,
        actionId: String(element.action_id),
        element,
        isField,
        isOptional: block.optional === true,
      }));
    return [...own, ...inputsOf(inner)];
  });
}

function listOf(value: unknown): Fields[] {
  return Array.isArray(value) ? value.filter(isFields) : [];
}
