import type { KubeObject } from "../store.ts";

const READ = ["get", "list", "watch"];
const WRITE = ["create", "delete", "deletecollection", "patch", "update"];
const APPS = [
  "daemonsets",
  "deployments",
  "deployments/scale",
  "replicasets",
  "replicasets/scale",
  "statefulsets",
  "statefulsets/scale",
];
const CORE = ["configmaps", "endpoints", "events", "persistentvolumeclaims", "pods", "serviceaccounts", "services"];
const CORE_READ_ONLY = ["limitranges", "namespaces", "pods/log", "pods/status", "resourcequotas", "services/status"];

interface Rule {
  apiGroups?: string[];
  resources?: string[];
  nonResourceURLs?: string[];
  verbs: string[];
}

/**
 * The ClusterRoles that users are bound to, as far as the sandbox serves what they name. Written from `kubectl get clusterroles -o yaml` of 1.34:
 * https://kubernetes.io/docs/reference/access-authn-authz/rbac/#user-facing-roles
 */
export function bootstrapRoles(): KubeObject[] {
  const namespaced = (verbs: string[], core: string[]): Rule[] => [
    { apiGroups: [""], resources: core, verbs },
    { apiGroups: ["apps"], resources: APPS, verbs },
    { apiGroups: ["autoscaling"], resources: ["horizontalpodautoscalers"], verbs },
    { apiGroups: ["batch"], resources: ["cronjobs", "jobs"], verbs },
    { apiGroups: ["networking.k8s.io"], resources: ["ingresses", "networkpolicies"], verbs },
    { apiGroups: ["policy"], resources: ["poddisruptionbudgets"], verbs },
  ];
  return [
    role("cluster-admin", [
      { apiGroups: ["*"], resources: ["*"], verbs: ["*"] },
      { nonResourceURLs: ["*"], verbs: ["*"] },
    ]),
    aggregated("admin"),
    { ...aggregated("edit", { "rbac.authorization.k8s.io/aggregate-to-admin": "true" }) },
    { ...aggregated("view", { "rbac.authorization.k8s.io/aggregate-to-edit": "true" }) },
    part("view", [
      ...namespaced(READ, [...CORE, ...CORE_READ_ONLY]),
      { apiGroups: ["discovery.k8s.io"], resources: ["endpointslices"], verbs: READ },
    ]),
    part("edit", [
      ...namespaced(WRITE, CORE),
      { apiGroups: [""], resources: ["secrets"], verbs: [...READ, ...WRITE] },
      {
        apiGroups: [""],
        resources: ["pods/attach", "pods/exec", "pods/portforward", "pods/proxy", "services/proxy"],
        verbs: [...READ, ...WRITE],
      },
      { apiGroups: [""], resources: ["pods/eviction", "serviceaccounts/token"], verbs: ["create"] },
      { apiGroups: [""], resources: ["serviceaccounts"], verbs: ["impersonate"] },
      { apiGroups: ["coordination.k8s.io"], resources: ["leases"], verbs: [...READ, ...WRITE] },
    ]),
    part("admin", [
      { apiGroups: ["authorization.k8s.io"], resources: ["localsubjectaccessreviews"], verbs: ["create"] },
      { apiGroups: ["rbac.authorization.k8s.io"], resources: ["rolebindings", "roles"], verbs: [...READ, ...WRITE] },
    ]),
    role("system:basic-user", [
      {
        apiGroups: ["authorization.k8s.io"],
        resources: ["selfsubjectaccessreviews", "selfsubjectrulesreviews"],
        verbs: ["create"],
      },
      { apiGroups: ["authentication.k8s.io"], resources: ["selfsubjectreviews"], verbs: ["create"] },
    ]),
    role("system:discovery", [
      {
        nonResourceURLs: [
          "/api",
          "/api/*",
          "/apis",
          "/apis/*",
          "/healthz",
          "/livez",
          "/openapi",
          "/openapi/*",
          "/readyz",
          "/version",
          "/version/",
        ],
        verbs: ["get"],
      },
    ]),
    role("system:public-info-viewer", [
      { nonResourceURLs: ["/healthz", "/livez", "/readyz", "/version", "/version/"], verbs: ["get"] },
    ]),
    bound("cluster-admin", ["system:masters"]),
    bound("system:basic-user", ["system:authenticated"]),
    bound("system:discovery", ["system:authenticated"]),
    bound("system:public-info-viewer", ["system:authenticated", "system:unauthenticated"]),
  ];
}

const API = "rbac.authorization.k8s.io/v1";
const LABELS = { "kubernetes.io/bootstrapping": "rbac-defaults" };

function role(name: string, rules: Rule[]): KubeObject {
  return { apiVersion: API, kind: "ClusterRole", metadata: { name, labels: LABELS }, rules };
}

function aggregated(name: string, labels: Record<string, string> = {}): KubeObject {
  const matchLabels = { [`rbac.authorization.k8s.io/aggregate-to-${name}`]: "true" };
  return {
    apiVersion: API,
    kind: "ClusterRole",
    metadata: { name, labels: { ...LABELS, ...labels } },
    aggregationRule: { clusterRoleSelectors: [{ matchLabels }] },
    rules: [],
  };
}

function part(of: string, rules: Rule[]): KubeObject {
  const labels = { ...LABELS, [`rbac.authorization.k8s.io/aggregate-to-${of}`]: "true" };
  return { ...role(`system:aggregate-to-${of}`, rules), metadata: { name: `system:aggregate-to-${of}`, labels } };
}

function bound(name: string, groups: string[]): KubeObject {
  return {
    apiVersion: API,
    kind: "ClusterRoleBinding",
    metadata: { name, labels: LABELS },
    roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "ClusterRole", name },
    subjects: groups.map((group) => ({ kind: "Group", name: group, apiGroup: "rbac.authorization.k8s.io" })),
  };
}
