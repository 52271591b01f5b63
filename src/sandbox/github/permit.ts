import type { Access } from "./access.ts";
import type { Principal } from "./principal.ts";
import type { Repository } from "./state.ts";

const ORDER: Record<Access, number> = { read: 1, write: 2, admin: 3 };

/** Whether the caller may know that the repository exists. */
export function maySee(principal: Principal, repository: Repository): boolean {
  if (!repository.private) return true;
  switch (principal.kind) {
    case "anonymous":
    case "app":
      return false;
    case "user":
      return principal.scopes.includes("repo");
    case "installation":
      return reaches(principal, repository);
  }
}

/** Whether the caller holds a permission, on a repository where one is given. */
export function may(principal: Principal, name: string, access: Access, repository: Repository | null): boolean {
  switch (principal.kind) {
    case "anonymous":
    case "app":
      return false;
    case "user":
      return principal.scopes.includes(scopeOf(name, access));
    case "installation": {
      if (repository && !reaches(principal, repository)) return false;
      if (name === "metadata" && access === "read") return true;
      const held = principal.permissions[name];
      return held !== undefined && ORDER[held] >= ORDER[access];
    }
  }
}

/** The scope of a classic token that stands for an App's permission. https://docs.github.com/en/apps/oauth-apps/building-oauth-apps/scopes-for-oauth-apps */
function scopeOf(name: string, access: Access): string {
  switch (name) {
    case "packages":
      return `${access}:packages`;
    case "workflows":
      return "workflow";
    default:
      return "repo";
  }
}

function reaches(principal: Extract<Principal, { kind: "installation" }>, repository: Repository): boolean {
  return principal.repositoryIds === null || principal.repositoryIds.includes(repository.id);
}

/** The login that actions of this caller are shown under. */
export function actorOf(principal: Principal, names: { person: string; appSlug: string }): string {
  switch (principal.kind) {
    case "user":
      return principal.login;
    case "installation":
      return principal.workflow ? "github-actions[bot]" : `${names.appSlug}[bot]`;
    default:
      return names.person;
  }
}
