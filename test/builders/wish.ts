import type { Wish } from "../../src/project/wish.ts";

/** Somebody's, of an id of its own where none is given. */
export function wish(kind: Wish["kind"], given: Partial<Wish> = {}): Wish {
  return { id: "1", kind, params: {}, by: "U1", at: "2026-03-01T10:00:00.000Z", ...given };
}
