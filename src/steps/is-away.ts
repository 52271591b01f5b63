import type { Facts } from "../facts/facts.ts";

/** The repository is not where it was: nothing is done on its behalf, and what runs is left as it is. */
export function isAway({ repository }: Facts): boolean {
  return repository.known && (repository.value?.state === "gone" || repository.value?.state === "moved");
}
