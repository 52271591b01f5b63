import type { Fields } from "./model.ts";
export function validateView(
  _view: Fields,
  _type: "modal" | "home",
  _workspace: { planBlocks?: boolean } = {},
): string[] {
  return [];
}
