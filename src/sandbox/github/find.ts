import type { Account, Repository, State } from "./state.ts";

/** Names are compared without case, as GitHub does. */
export function findRepository(state: State, owner: string, name: string): Repository | null {
  return state.repositories.find((candidate) => isNamed(candidate, owner, name)) ?? null;
}

/** The repository that was called so before, where no other one is now. */
export function findRenamed(state: State, owner: string, name: string): Repository | null {
  const former = state.formerNames.find((candidate) => isNamed(candidate, owner, name));
  return state.repositories.find(({ id }) => id === former?.repositoryId) ?? null;
}

export function findAccount(state: State, login: string): Account | null {
  return state.accounts.find((account) => account.login.toLowerCase() === login.toLowerCase()) ?? null;
}

export function isNamed(of: { owner: string; name: string }, owner: string, name: string): boolean {
  return of.owner.toLowerCase() === owner.toLowerCase() && of.name.toLowerCase() === name.toLowerCase();
}
