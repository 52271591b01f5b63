import { isNamed } from "./find.ts";
import type { Hub } from "./hub.ts";
import type { Repository } from "./state.ts";

/**
 * Gives a repository another name, or another owner. What asks for the old one is sent to the new one, until somebody
 * takes the name: https://docs.github.com/en/repositories/creating-and-managing-repositories/renaming-a-repository
 */
export function renameRepository(hub: Hub, repository: Repository, to: { owner: string; name: string }): void {
  const { owner, name, id } = repository;
  Object.assign(repository, to);
  takeName(hub, to);
  if (!isNamed(to, owner, name)) hub.state.formerNames.push({ owner, name, repositoryId: id });
}

/** Whoever has a name ends what it redirected to. */
export function takeName(hub: Hub, { owner, name }: { owner: string; name: string }): void {
  hub.state.formerNames = hub.state.formerNames.filter((one) => !isNamed(one, owner, name));
}
