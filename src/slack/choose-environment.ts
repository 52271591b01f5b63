import { isPinned } from "../project/is-pinned.ts";
import type { Project } from "../project/project.ts";
import type { Words } from "../words/words.ts";

/** Which environment is meant: the one that is named, else the only one that there is (of unpin: that is pinned). */
export function chooseEnvironment(
  given: string | undefined,
  verb: "pin" | "unpin",
  { metadata: { name }, spec }: Project,
  words: Words,
): { environment: string } | { refused: string } {
  const { wishes } = words.slack;
  const names = spec.environments.map((each) => each.name);
  if (given !== undefined)
    return names.includes(given) ? { environment: given } : { refused: wishes.noEnvironment(name, given, names) };
  const pinned = spec.environments.filter(isPinned).map((each) => each.name);
  const meant = verb === "unpin" && pinned.length > 0 ? pinned : names;
  const [only] = meant;
  return only !== undefined && meant.length === 1
    ? { environment: only }
    : { refused: wishes.whichEnvironment(name, meant, verb) };
}
