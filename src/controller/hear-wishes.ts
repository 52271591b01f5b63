import type { Project, ProjectStatus } from "../project/project.ts";
import { type Wish, wishesOf } from "../project/wish.ts";
import { moveOf, WISHES } from "../project/wishes.ts";

/** Beside those that still stand in the Project: Slack delivers a doing again for some minutes. */
const REMEMBERED = 50;

export interface Heard {
  status: ProjectStatus;
  /** Those that lead somewhere, in the order in which they were wished; the others are handled too, and change nothing. */
  wishes: Wish[];
}

/** What people have asked for since the last pass, and where it leads. Pure. */
export function hearWishes(project: Project): Heard {
  const standing = wishesOf(project);
  let { status } = project;
  const heard: Wish[] = [];
  for (const wish of standing.filter(({ id }) => !project.status.handled.includes(id))) {
    const to = moveOf(wish.kind, status);
    if (to === undefined || !isOf(wish, project)) continue;
    heard.push(wish);
    const goesOn = to === "Live" || wish.kind === "check";
    status = { ...status, phase: to, ...(goesOn ? {} : { failure: undefined }) };
  }
  return { status: { ...status, handled: handledBy(status.handled, standing) }, wishes: heard };
}

/** Written by hand it may be without what its kind needs, or of an environment that has gone since. */
function isOf({ kind, params }: Wish, { spec }: Project): boolean {
  const { environment } = params;
  const exists = environment === undefined || spec.environments.some(({ name }) => name === environment);
  return exists && WISHES[kind].params.safeParse(params).success;
}

function handledBy(before: readonly string[], standing: readonly Wish[]): string[] {
  const fresh = standing.map(({ id }) => id).filter((id) => !before.includes(id));
  const all = [...before, ...fresh];
  const recent = new Set([...all.slice(-REMEMBERED), ...standing.map(({ id }) => id)]);
  return all.filter((id) => recent.has(id));
}
