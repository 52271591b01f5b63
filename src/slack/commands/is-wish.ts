import { WISHES } from "../../project/wishes.ts";
import { parse } from "./parse.ts";

/** Whether a line asks for something that is written down, and not for a look. */
export function isWish(text: string): boolean {
  const { verb } = parse(text);
  return verb === "create" || Object.hasOwn(WISHES, verb);
}
