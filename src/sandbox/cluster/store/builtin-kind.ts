import { BUILTIN_KINDS } from "./builtin-kinds.ts";
import type { Kind } from "./kind.ts";

/** One of the built-in kinds, by its own name. */
export function builtinKind(name: string): Kind {
  const found = BUILTIN_KINDS.find((kind) => kind.kind === name);
  if (found === undefined) throw new Error(`no built-in kind ${name}`);
  return found;
}
