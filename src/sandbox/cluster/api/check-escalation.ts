import { listAt } from "../store/at.ts";
import { isObject } from "../store/is-object.ts";
import { refuse } from "../store/refuse.ts";
import type { KubeObject } from "../store.ts";
import { decide } from "./authorize.ts";
import type { ResourceCall } from "./call.ts";
import { allows, type PolicyRule, policyRule } from "./rules.ts";
import { roleRules, rulesFor } from "./rules-for.ts";

/**
 * Nobody gives what they do not have, unless they may `escalate` roles or `bind` this one.
 * https://kubernetes.io/docs/reference/access-authn-authz/rbac/#privilege-escalation-prevention-and-bootstrapping
 */
export function checkEscalation(call: ResourceCall, object: KubeObject): void {
  const { kind, user, server, wanted } = call;
  if (kind.group !== "rbac.authorization.k8s.io") return;
  const attributes = { group: kind.group, subresource: "", namespace: wanted.namespace };
  const may = (verb: string, resource: string, name: string) =>
    decide(server.store, user, { ...attributes, verb, resource, name }).allowed;
  if (kind.kind === "Role" || kind.kind === "ClusterRole") {
    if (may("escalate", kind.plural, object.metadata.name)) return;
    refuseExcess(
      call,
      object,
      listAt(object, "rules").map((rule) => policyRule.parse(rule)),
    );
    return;
  }
  if (!isObject(object.roleRef)) return;
  const ref = { kind: String(object.roleRef.kind), name: String(object.roleRef.name) };
  if (may("bind", ref.kind === "ClusterRole" ? "clusterroles" : "roles", ref.name)) return;
  const rules = roleRules(server.store, ref, object.metadata.namespace);
  if (rules === undefined) throw refuse.notFound(kind, ref.name);
  refuseExcess(call, object, rules);
}

function refuseExcess(call: ResourceCall, object: KubeObject, rules: PolicyRule[]): void {
  const { user, server, wanted, kind } = call;
  if (user.groups.includes("system:masters")) return;
  const held = rulesFor(server.store, user, wanted.namespace).rules;
  const lacking = rules.flatMap(single).filter((wish) => !held.some((rule) => covers(rule, wish)));
  if (lacking.length === 0) return;
  const groups = user.groups.map((group) => JSON.stringify(group)).join(" ");
  const told = [...new Set(together(lacking).map(ruleText))].sort().join("\n");
  throw refuse.forbidden(
    kind,
    object.metadata.name,
    `user ${JSON.stringify(user.name)} (groups=[${groups}]) is attempting to grant RBAC permissions not currently held:\n${told}`,
  );
}

/** One group, resource, name and verb each, so that several rules can hold what one asks for. */
function single(rule: PolicyRule): PolicyRule[] {
  const urls = rule.nonResourceURLs.flatMap((url) =>
    rule.verbs.map((verb) => ({ ...NOTHING, verbs: [verb], nonResourceURLs: [url] })),
  );
  const names = rule.resourceNames.length === 0 ? [[]] : rule.resourceNames.map((name) => [name]);
  const resources = rule.apiGroups.flatMap((group) =>
    rule.resources.flatMap((resource) =>
      names.flatMap((resourceNames) =>
        rule.verbs.map((verb) => ({
          ...NOTHING,
          verbs: [verb],
          apiGroups: [group],
          resources: [resource],
          resourceNames,
        })),
      ),
    ),
  );
  return [...resources, ...urls];
}

const NOTHING: PolicyRule = { verbs: [], apiGroups: [], resources: [], resourceNames: [], nonResourceURLs: [] };

function covers(held: PolicyRule, wish: PolicyRule): boolean {
  const [verb = ""] = wish.verbs;
  const [url] = wish.nonResourceURLs;
  if (url !== undefined) return allows(held, { verb, path: url });
  const [group = ""] = wish.apiGroups;
  const [resource = "", subresource = ""] = (wish.resources[0] ?? "").split("/");
  const [name] = wish.resourceNames;
  if (name === undefined && held.resourceNames.length > 0) return false;
  return allows(held, { verb, group, resource, subresource, namespace: "", name: name ?? "" });
}

/** Told again with all verbs of one resource in one line. */
function together(rules: PolicyRule[]): PolicyRule[] {
  const same = Map.groupBy(rules, ({ verbs: _, ...rest }) => JSON.stringify(rest));
  return [...same.values()].map((group) => ({ ...(group[0] ?? NOTHING), verbs: group.flatMap(({ verbs }) => verbs) }));
}

/** As Go prints a PolicyRule. */
function ruleText(rule: PolicyRule): string {
  const list = (name: string, values: string[]) =>
    values.length === 0 ? [] : [`${name}:[${values.map((value) => JSON.stringify(value)).join(" ")}]`];
  const parts = [
    ...list("NonResourceURLs", rule.nonResourceURLs),
    ...list("APIGroups", rule.apiGroups),
    ...list("Resources", rule.resources),
    ...list("ResourceNames", rule.resourceNames),
    ...list("Verbs", rule.verbs),
  ];
  return `{${parts.join(", ")}}`;
}
