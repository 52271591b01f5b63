import type { Turn } from "./create-groups.ts";
import type { Scope } from "./expression.ts";
import { interpolate } from "./interpolate.ts";
import type { RunContext } from "./run-context.ts";
import type { Concurrency } from "./workflow-file.ts";

/** Enters the concurrency group that a workflow or a job names, if it names one; gives the way to leave it. */
export async function takeTurn(
  { groups, repository, signal }: Pick<RunContext, "groups" | "repository" | "signal">,
  concurrency: Concurrency | undefined,
  scope: Scope,
  turn: Turn,
): Promise<() => void> {
  const name = concurrency && interpolate(String(concurrency.group), scope);
  if (!concurrency || !name) return () => {};
  const cancels = interpolate(String(concurrency["cancel-in-progress"]), scope) === "true";
  // "The concurrency group name is case insensitive", and each repository has its own.
  return await groups.enter(`${repository.id}/${name.toLowerCase()}`, cancels, turn, signal);
}
