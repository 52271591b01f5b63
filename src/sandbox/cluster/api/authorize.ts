import type { ClusterStore } from "../create-store.ts";
import { ApiStatusError } from "../status-error.ts";
import { refuse } from "../store/refuse.ts";
import { type Attributes, allows } from "./rules.ts";
import { rulesFor } from "./rules-for.ts";
import type { User } from "./user.ts";

export interface Decision {
  allowed: boolean;
  reason: string;
}

/** RBAC. https://kubernetes.io/docs/reference/access-authn-authz/rbac/ */
export function decide(store: ClusterStore, user: User, wanted: Attributes): Decision {
  if (user.groups.includes("system:masters")) return { allowed: true, reason: "" };
  const { rules, sources, missing } = rulesFor(store, user, "path" in wanted ? "" : wanted.namespace);
  const found = rules.findIndex((rule) => allows(rule, wanted));
  if (found >= 0) return { allowed: true, reason: sources[found] ?? "" };
  return {
    allowed: false,
    reason: missing.length === 0 ? "" : `RBAC: ${missing.length === 1 ? missing[0] : `[${missing.join(", ")}]`}`,
  };
}

/** Throws the 403 that the real server would answer. */
export function authorize(store: ClusterStore, user: User, wanted: Attributes): void {
  const { allowed, reason } = decide(store, user, wanted);
  if (allowed) return;
  const because = reason === "" ? "" : `: ${reason}`;
  if ("path" in wanted) {
    throw new ApiStatusError({
      message: `forbidden: User ${JSON.stringify(user.name)} cannot ${wanted.verb} path ${JSON.stringify(wanted.path)}${because}`,
      reason: "Forbidden",
      details: {},
      code: 403,
    });
  }
  const { verb, group, resource, subresource, namespace, name } = wanted;
  const full = subresource === "" ? resource : `${resource}/${subresource}`;
  const where = namespace === "" ? "at the cluster scope" : `in the namespace ${JSON.stringify(namespace)}`;
  throw refuse.forbidden(
    { group, kind: "", plural: resource },
    name,
    `User ${JSON.stringify(user.name)} cannot ${verb} resource ${JSON.stringify(full)} in API group ${JSON.stringify(group)} ${where}${because}`,
  );
}
