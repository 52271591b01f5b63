import type { Account, Repository, State } from "./state.ts";

/** Names are compared without case, as GitHub does. */
export function findRepository(state: State, owner: string, name: string): Repository | null {
  const same = (a: string, b: string) => a.toLowerCase() === b.toLowerCase();
  return state.repositories.find((candidate) => same(candidate.owner, owner) && same(candidate.name, name)) ?? null;
}

export function findAccount(state: State, login: string): Account | null {
  return state.accounts.find((account) => account.login.toLowerCase() === login.toLowerCase()) ?? null;
}
