import { gitDirectory } from "../git/git-directory.ts";
import { refuse } from "./refuse.ts";
import type { Call } from "./route.ts";

/** The git directory, unless the repository is empty: then GitHub's git data API answers 409. */
export function filledDirectory(call: Call): string {
  if (call.repository().empty) refuse(409, "Git Repository is empty.");
  return gitDirectory(call.hub, call.repository());
}
