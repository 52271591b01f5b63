import { evidence } from "../src/evidence/index.ts";
import { type GivenRight, rightsOf } from "../src/evidence/rights-of.ts";

const LINE = 120;

/** manifests/base/rbac.yaml: the bot's own rights, each with its reason. */
export function rightsManifest(): string {
  const rights = rightsOf(evidence);
  const everywhere = rights.filter(({ own }) => !own);
  const own = rights.filter((each) => each.own);
  return `# The bot's own rights. Made of src/evidence by npm run make:rights; docs/guide/security.md has them as a table.
apiVersion: v1
kind: ServiceAccount
metadata:
  name: slipway
  namespace: slipway-system
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata:
  name: slipway
  labels:
    app.kubernetes.io/part-of: slipway
rules:
  # What it makes or removes, for projects alone: admission.yaml keeps it to their namespaces. It makes by server-side
  # apply, which takes patch, and create for what is not there yet.

${everywhere.filter(changes).map(rule).join("\n")}

  # What it only looks at.

${everywhere
  .filter((each) => !changes(each))
  .map(rule)
  .join("\n")}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata:
  name: slipway
  labels:
    app.kubernetes.io/part-of: slipway
roleRef: { apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: slipway }
subjects:
  - { kind: ServiceAccount, name: slipway, namespace: slipway-system }
---
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata:
  name: slipway
  namespace: slipway-system
rules:
${own.map(rule).join("\n")}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata:
  name: slipway
  namespace: slipway-system
roleRef: { apiGroup: rbac.authorization.k8s.io, kind: Role, name: slipway }
subjects:
  - { kind: ServiceAccount, name: slipway, namespace: slipway-system }
`;
}

function changes({ verbs }: GivenRight): boolean {
  return verbs.some((verb) => !["get", "list", "watch"].includes(verb));
}

function rule({ group, resource, subresource, names, verbs, why }: GivenRight): string {
  return [
    ...commented(why),
    `  - apiGroups: [${group === "" ? '""' : group}]`,
    `    resources: [${subresource === undefined ? resource : `${resource}/${subresource}`}]`,
    ...(names ? [`    resourceNames: [${names.join(", ")}]`] : []),
    `    verbs: [${verbs.join(", ")}]`,
  ].join("\n");
}

/** As comments no longer than a line of ours. */
function commented(text: string): string[] {
  const lines: string[] = [];
  for (const word of `${text}.`.split(" ")) {
    const longer = `${lines.at(-1) ?? "  #"} ${word}`;
    if (lines.length > 0 && longer.length <= LINE) lines[lines.length - 1] = longer;
    else lines.push(`  # ${word}`);
  }
  return lines;
}
