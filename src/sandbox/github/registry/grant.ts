import { findAccount } from "../find.ts";
import type { Hub } from "../hub.ts";
import { may } from "../permit.ts";
import type { Principal } from "../principal.ts";
import { packageOf } from "./package-of.ts";

export type RegistryAction = "pull" | "push" | "delete";

/** Why the caller may not do this to a registry repository; null when it may. */
export function denial(hub: Hub, principal: Principal, name: string, action: RegistryAction): string | null {
  const known = packageOf(hub.state, name);
  if (action === "pull") {
    if (known?.visibility === "public") return null;
    return mayUse(hub, principal, name, "read") ? null : "denied";
  }
  if (principal.kind === "anonymous") return "unauthenticated: User cannot be authenticated with the token provided.";
  const refused = known ? "permission_denied: write_package" : creationRefused(hub, principal, name);
  if (hub.faults.packagesDenied && principal.kind === "installation") return refused;
  return mayUse(hub, principal, name, "write") ? null : refused;
}

function creationRefused(hub: Hub, principal: Principal, name: string): string {
  const owner = findAccount(hub.state, name.split("/")[0] ?? "");
  const kind = owner?.type === "User" ? "user" : "organization";
  return principal.kind === "installation"
    ? `installation not allowed to Create ${kind} package`
    : "permission_denied: The token provided does not match expected scopes.";
}

function mayUse(hub: Hub, principal: Principal, name: string, access: "read" | "write"): boolean {
  const owner = findAccount(hub.state, name.split("/")[0] ?? "");
  if (!owner) return false;
  const known = packageOf(hub.state, name);
  const linked = hub.state.repositories.find((repository) => repository.id === known?.repositoryId) ?? null;
  if (principal.kind === "user") return may(principal, "packages", access, null);
  // A workflow's token is for the packages of its own repository, and for new ones of the same owner.
  return may(principal, "packages", access, linked);
}
