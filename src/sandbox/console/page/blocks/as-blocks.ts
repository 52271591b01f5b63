export type LooseBlock = { type: string; block_id?: string } & Record<string, unknown>;

/** The blocks among what a message carries; anything without a type is passed over. */
export function asBlocks(blocks: unknown[] | undefined): LooseBlock[] {
  return (blocks ?? []).filter(
    (block): block is LooseBlock =>
      typeof block === "object" && block !== null && "type" in block && typeof block.type === "string",
  );
}

/** Slack gives a block an id where the app gave none; until it has, its place serves. */
export function blockId(block: { block_id?: string }, index: number): string {
  return block.block_id ?? `block-${index}`;
}
