import { refuse } from "./refuse.ts";
import type { Route } from "./route.ts";

/**
 * An archived repository is read-only: it may be unarchived or deleted, and nothing else.
 * https://docs.github.com/en/repositories/archiving-a-github-repository/archiving-repositories
 */
export function refuseArchived({ method, operation }: Route, body: string): void {
  if (method === "GET" || operation === "repos/delete") return;
  if (operation === "repos/update" && /"archived"\s*:\s*false/.test(body)) return;
  refuse(403, "Repository was archived so is read-only.");
}
