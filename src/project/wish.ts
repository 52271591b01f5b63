import type { Project } from "./project.ts";
import { WISHES, type WishKind } from "./wishes.ts";

/** What a person asked for. It stands in the Project until it is heard, and each id is heard once. */
export interface Wish {
  id: string;
  kind: WishKind;
  params: Record<string, string>;
  /** Slack's id of the person. */
  by: string;
  /** An instant, as ISO 8601 has it. */
  at: string;
}

/** All that stand in it, oldest first, those that a version before wrote among them; what no kind of ours is is left out. */
export function wishesOf({ spec }: Pick<Project, "spec">): Wish[] {
  const stored = [
    ...Object.entries(spec.wishes).map(([id, wish]) => ({ id, ...wish })),
    ...Object.entries(spec.intents).flatMap(([kind, intent]) => (intent ? [{ kind, params: {}, ...intent }] : [])),
  ];
  return stored
    .flatMap(({ kind, ...rest }) => (isWishKind(kind) ? [{ kind, ...rest }] : []))
    .sort((a, b) => Date.parse(a.at) - Date.parse(b.at));
}

function isWishKind(kind: string): kind is WishKind {
  return Object.hasOwn(WISHES, kind);
}
