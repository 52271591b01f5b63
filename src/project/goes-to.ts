import type { Deploy } from "./project.ts";

/** Whether a deploy is one of an environment's: all of those that it names, or that it is not held back from. */
export function goesTo(
  environment: string,
  { environments, heldBack }: Pick<Deploy, "environments" | "heldBack">,
): boolean {
  return environments ? environments.includes(environment) : !heldBack?.includes(environment);
}
