/** Where a transformer writes; no kinds means every kind. `create` makes what is missing. */
export interface FieldSpec {
  path: string;
  kinds?: readonly string[];
  create: boolean;
}

const WORKLOADS = ["Deployment", "ReplicaSet", "DaemonSet", "StatefulSet"];

// https://github.com/kubernetes-sigs/kustomize/tree/api/v0.20.1/internal/konfig/builtinpluginconsts
export const TEMPLATE_LABELS: readonly FieldSpec[] = [
  { path: "metadata/labels", create: true },
  { path: "spec/template/metadata/labels", kinds: [...WORKLOADS, "ReplicationController", "Job"], create: true },
  { path: "spec/volumeClaimTemplates[]/metadata/labels", kinds: ["StatefulSet"], create: true },
  { path: "spec/jobTemplate/metadata/labels", kinds: ["CronJob"], create: true },
  { path: "spec/jobTemplate/spec/template/metadata/labels", kinds: ["CronJob"], create: true },
];

const AFFINITY = ["podAffinity", "podAntiAffinity"].flatMap((affinity) => [
  `spec/template/spec/affinity/${affinity}/preferredDuringSchedulingIgnoredDuringExecution[]/podAffinityTerm/labelSelector/matchLabels`,
  `spec/template/spec/affinity/${affinity}/requiredDuringSchedulingIgnoredDuringExecution[]/labelSelector/matchLabels`,
]);

export const COMMON_LABELS: readonly FieldSpec[] = [
  { path: "spec/selector", kinds: ["Service", "ReplicationController"], create: true },
  { path: "spec/selector/matchLabels", kinds: WORKLOADS, create: true },
  ...[...AFFINITY, "spec/template/spec/topologySpreadConstraints[]/labelSelector/matchLabels"].map((path) => ({
    path,
    kinds: ["Deployment", "StatefulSet"],
    create: false,
  })),
  { path: "spec/selector/matchLabels", kinds: ["Job", "PodDisruptionBudget"], create: false },
  { path: "spec/jobTemplate/spec/selector/matchLabels", kinds: ["CronJob"], create: false },
  { path: "spec/podSelector/matchLabels", kinds: ["NetworkPolicy"], create: false },
  { path: "spec/ingress[]/from[]/podSelector/matchLabels", kinds: ["NetworkPolicy"], create: false },
  { path: "spec/egress[]/to[]/podSelector/matchLabels", kinds: ["NetworkPolicy"], create: false },
  ...TEMPLATE_LABELS,
];

export const COMMON_ANNOTATIONS: readonly FieldSpec[] = [
  { path: "metadata/annotations", create: true },
  { path: "spec/template/metadata/annotations", kinds: [...WORKLOADS, "ReplicationController", "Job"], create: true },
  { path: "spec/jobTemplate/metadata/annotations", kinds: ["CronJob"], create: true },
  { path: "spec/jobTemplate/spec/template/metadata/annotations", kinds: ["CronJob"], create: true },
];
