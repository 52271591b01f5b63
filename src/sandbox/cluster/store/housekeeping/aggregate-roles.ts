import { listAt } from "../at.ts";
import { builtinKind } from "../builtin-kind.ts";
import type { ClusterStore } from "../cluster-store.ts";
import { equal } from "../equal.ts";
import { isObject } from "../is-object.ts";

/** https://kubernetes.io/docs/reference/access-authn-authz/rbac/#aggregated-clusterroles */
export function aggregateRoles(store: ClusterStore): void {
  const roles = store.storage.readAll(builtinKind("ClusterRole"));
  for (const role of roles) {
    const selectors = listAt(role, "aggregationRule.clusterRoleSelectors");
    if (selectors.length === 0) continue;
    const parts = roles.filter(
      (part) =>
        part !== role &&
        selectors.some(
          ({ matchLabels }) =>
            isObject(matchLabels) &&
            Object.entries(matchLabels).every(([key, value]) => part.metadata.labels?.[key] === value),
        ),
    );
    const rules = parts.flatMap((part) => listAt(part, "rules"));
    if (!equal(rules, role.rules ?? [])) store.update({ ...structuredClone(role), rules });
  }
}
