import type { Project } from "../project/project.ts";
import { type Wish, wishesOf } from "../project/wish.ts";

/** So many stand in a Project before those that nobody needs any more are taken out of it: a write for many. */
const MANY = 24;

/** Ids of wishes that were heard and are the newest of their kind no more: the newest say who did what. Pure. */
export function forgettableWishes({ spec, status }: Project): string[] {
  const wishes = wishesOf({ spec });
  if (wishes.length < MANY) return [];
  const later = (wish: Wish, at: number) =>
    wishes
      .slice(at + 1)
      .some(({ kind, params }) => kind === wish.kind && params.environment === wish.params.environment);
  return wishes.flatMap((wish, at) =>
    status.handled.includes(wish.id) && Object.hasOwn(spec.wishes, wish.id) && later(wish, at) ? [wish.id] : [],
  );
}
