import * as z from "zod";

const names = z.array(z.string()).default([]);

export const policyRule = z.object({
  verbs: names,
  apiGroups: names,
  resources: names,
  resourceNames: names,
  nonResourceURLs: names,
});

export type PolicyRule = z.infer<typeof policyRule>;

/** What somebody wants to do, as authorization sees it. */
export type Attributes =
  | { verb: string; path: string }
  | { verb: string; group: string; resource: string; subresource: string; namespace: string; name: string };

export function allows(rule: PolicyRule, wanted: Attributes): boolean {
  if (!includes(rule.verbs, wanted.verb)) return false;
  if ("path" in wanted) {
    return rule.nonResourceURLs.some(
      (url) => url === "*" || url === wanted.path || (url.endsWith("*") && wanted.path.startsWith(url.slice(0, -1))),
    );
  }
  const { group, resource, subresource, name } = wanted;
  const full = subresource === "" ? resource : `${resource}/${subresource}`;
  return (
    includes(rule.apiGroups, group) &&
    (includes(rule.resources, full) || (subresource !== "" && rule.resources.includes(`*/${subresource}`))) &&
    (rule.resourceNames.length === 0 || rule.resourceNames.includes(name))
  );
}

function includes(list: string[], wanted: string): boolean {
  return list.includes("*") || list.includes(wanted);
}
