import type { Project } from "./project.ts";
import { type Wish, wishesOf } from "./wish.ts";
import type { WishKind } from "./wishes.ts";

/** The newest of a kind, heard or not: who asked last, and when. */
export function lastWish(project: Pick<Project, "spec">, kind: WishKind): Wish | undefined {
  return wishesOf(project).findLast((wish) => wish.kind === kind);
}
