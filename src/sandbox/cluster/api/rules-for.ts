import * as z from "zod";
import type { ClusterStore } from "../create-store.ts";
import type { KubeObject } from "../store.ts";
import { type PolicyRule, policyRule } from "./rules.ts";
import type { User } from "./user.ts";

const RBAC = "rbac.authorization.k8s.io/v1";

const roleRef = z.object({ kind: z.string(), name: z.string() });
const subject = z.object({ kind: z.string(), name: z.string(), namespace: z.string().optional() });
const binding = z.object({ subjects: z.array(subject).default([]), roleRef });
const role = z.object({ rules: z.array(policyRule).nullish() });

export interface Grants {
  rules: PolicyRule[];
  /** Where each of the rules comes from, as an access review tells it. */
  sources: string[];
  /** Roles that are bound and are not there: the refusal names them. */
  missing: string[];
}

/** The rules that hold for a user in a namespace ("" is the cluster's scope), from the roles and bindings in the store. */
export function rulesFor(store: ClusterStore, user: User, namespace: string): Grants {
  const bindings = store.list(RBAC, "ClusterRoleBinding");
  const local = namespace === "" ? [] : store.list(RBAC, "RoleBinding", { namespace });
  const grants: Grants = { rules: [], sources: [], missing: [] };
  for (const object of [...bindings, ...local]) {
    const { subjects, roleRef: ref } = binding.parse(object);
    const own = subjects.find((one) => isSubject(one, user, object));
    if (own === undefined) continue;
    const found = roleRules(store, ref, object.metadata.namespace);
    if (found === undefined)
      grants.missing.push(`${ref.kind.toLowerCase()}.rbac.authorization.k8s.io "${ref.name}" not found`);
    else {
      grants.rules.push(...found);
      grants.sources.push(...found.map(() => sourceText(object, ref, own)));
    }
  }
  return grants;
}

function sourceText(object: KubeObject, ref: z.infer<typeof roleRef>, own: z.infer<typeof subject>): string {
  const { namespace, name } = object.metadata;
  const binding = JSON.stringify(namespace === undefined ? name : `${name}/${namespace}`);
  const who = own.kind === "ServiceAccount" ? `${own.name}/${own.namespace ?? namespace}` : own.name;
  return `RBAC: allowed by ${object.kind} ${binding} of ${ref.kind} ${JSON.stringify(ref.name)} to ${own.kind} ${JSON.stringify(who)}`;
}

export function roleRules(
  store: ClusterStore,
  ref: { kind: string; name: string },
  namespace: string | undefined,
): PolicyRule[] | undefined {
  const found = store.get({
    apiVersion: RBAC,
    kind: ref.kind === "ClusterRole" ? "ClusterRole" : "Role",
    name: ref.name,
    ...(namespace === undefined ? {} : { namespace }),
  });
  return found === undefined ? undefined : (role.parse(found).rules ?? []);
}

function isSubject(one: z.infer<typeof subject>, user: User, object: KubeObject): boolean {
  switch (one.kind) {
    case "User":
      return one.name === user.name;
    case "Group":
      return user.groups.includes(one.name);
    case "ServiceAccount":
      return user.name === `system:serviceaccount:${one.namespace ?? object.metadata.namespace ?? ""}:${one.name}`;
    default:
      return false;
  }
}
