export type Surface = "message" | "modal" | "home";
export function validateBlocks(
  _blocks: unknown[],
  _surface: Surface,
  _workspace: { planBlocks?: boolean } = {},
): string[] {
  return [];
}
