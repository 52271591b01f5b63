const CREATE = ["create"];

/** What tells one kind from another; what is not said is as with most of them. */
export interface BuiltinRow {
  kind: string;
  plural: string;
  /** Its class in @kubernetes/client-node, which describes its fields. */
  model: string;
  short?: string[];
  /** Not in a namespace. */
  cluster?: true;
  status?: true;
  scale?: true;
  /** `kubectl get all` has it. */
  all?: true;
  verbs?: string[];
}

/** Names, short names and verbs as `kubectl api-resources -o wide` of Kubernetes 1.34 prints them. */
export const BUILTIN_GROUPS: readonly { group: string; version: string; rows: BuiltinRow[] }[] = [
  {
    group: "",
    version: "v1",
    rows: [
      { kind: "ConfigMap", plural: "configmaps", model: "V1ConfigMap", short: ["cm"] },
      { kind: "Endpoints", plural: "endpoints", model: "V1Endpoints", short: ["ep"] },
      { kind: "Event", plural: "events", model: "CoreV1Event", short: ["ev"] },
      { kind: "Namespace", plural: "namespaces", model: "V1Namespace", short: ["ns"], cluster: true, status: true },
      { kind: "Node", plural: "nodes", model: "V1Node", short: ["no"], cluster: true, status: true },
      {
        kind: "PersistentVolumeClaim",
        plural: "persistentvolumeclaims",
        model: "V1PersistentVolumeClaim",
        short: ["pvc"],
        status: true,
      },
      { kind: "Pod", plural: "pods", model: "V1Pod", short: ["po"], status: true, all: true },
      { kind: "ResourceQuota", plural: "resourcequotas", model: "V1ResourceQuota", short: ["quota"], status: true },
      { kind: "LimitRange", plural: "limitranges", model: "V1LimitRange", short: ["limits"] },
      { kind: "Secret", plural: "secrets", model: "V1Secret" },
      { kind: "ServiceAccount", plural: "serviceaccounts", model: "V1ServiceAccount", short: ["sa"] },
      { kind: "Service", plural: "services", model: "V1Service", short: ["svc"], status: true, all: true },
    ],
  },
  {
    group: "apps",
    version: "v1",
    rows: [
      { kind: "ControllerRevision", plural: "controllerrevisions", model: "V1ControllerRevision" },
      { kind: "DaemonSet", plural: "daemonsets", model: "V1DaemonSet", short: ["ds"], status: true, all: true },
      {
        kind: "Deployment",
        plural: "deployments",
        model: "V1Deployment",
        short: ["deploy"],
        status: true,
        scale: true,
        all: true,
      },
      {
        kind: "ReplicaSet",
        plural: "replicasets",
        model: "V1ReplicaSet",
        short: ["rs"],
        status: true,
        scale: true,
        all: true,
      },
      {
        kind: "StatefulSet",
        plural: "statefulsets",
        model: "V1StatefulSet",
        short: ["sts"],
        status: true,
        scale: true,
        all: true,
      },
    ],
  },
  {
    group: "batch",
    version: "v1",
    rows: [
      { kind: "CronJob", plural: "cronjobs", model: "V1CronJob", short: ["cj"], status: true, all: true },
      { kind: "Job", plural: "jobs", model: "V1Job", status: true, all: true },
    ],
  },
  {
    group: "networking.k8s.io",
    version: "v1",
    rows: [
      { kind: "IngressClass", plural: "ingressclasses", model: "V1IngressClass", cluster: true },
      { kind: "Ingress", plural: "ingresses", model: "V1Ingress", short: ["ing"], status: true },
      { kind: "NetworkPolicy", plural: "networkpolicies", model: "V1NetworkPolicy", short: ["netpol"] },
    ],
  },
  {
    group: "rbac.authorization.k8s.io",
    version: "v1",
    rows: [
      { kind: "ClusterRoleBinding", plural: "clusterrolebindings", model: "V1ClusterRoleBinding", cluster: true },
      { kind: "ClusterRole", plural: "clusterroles", model: "V1ClusterRole", cluster: true },
      { kind: "RoleBinding", plural: "rolebindings", model: "V1RoleBinding" },
      { kind: "Role", plural: "roles", model: "V1Role" },
    ],
  },
  {
    group: "discovery.k8s.io",
    version: "v1",
    rows: [{ kind: "EndpointSlice", plural: "endpointslices", model: "V1EndpointSlice" }],
  },
  {
    group: "coordination.k8s.io",
    version: "v1",
    rows: [{ kind: "Lease", plural: "leases", model: "V1Lease" }],
  },
  {
    group: "policy",
    version: "v1",
    rows: [
      {
        kind: "PodDisruptionBudget",
        plural: "poddisruptionbudgets",
        model: "V1PodDisruptionBudget",
        short: ["pdb"],
        status: true,
      },
    ],
  },
  {
    group: "autoscaling",
    version: "v2",
    rows: [
      {
        kind: "HorizontalPodAutoscaler",
        plural: "horizontalpodautoscalers",
        model: "V2HorizontalPodAutoscaler",
        short: ["hpa"],
        status: true,
        all: true,
      },
    ],
  },
  {
    group: "storage.k8s.io",
    version: "v1",
    rows: [{ kind: "StorageClass", plural: "storageclasses", model: "V1StorageClass", short: ["sc"], cluster: true }],
  },
  {
    group: "scheduling.k8s.io",
    version: "v1",
    rows: [
      { kind: "PriorityClass", plural: "priorityclasses", model: "V1PriorityClass", short: ["pc"], cluster: true },
    ],
  },
  {
    group: "admissionregistration.k8s.io",
    version: "v1",
    rows: [
      {
        kind: "ValidatingAdmissionPolicy",
        plural: "validatingadmissionpolicies",
        model: "V1ValidatingAdmissionPolicy",
        cluster: true,
        status: true,
      },
      {
        kind: "ValidatingAdmissionPolicyBinding",
        plural: "validatingadmissionpolicybindings",
        model: "V1ValidatingAdmissionPolicyBinding",
        cluster: true,
      },
    ],
  },
  {
    group: "authorization.k8s.io",
    version: "v1",
    rows: [
      {
        kind: "SelfSubjectAccessReview",
        plural: "selfsubjectaccessreviews",
        model: "V1SelfSubjectAccessReview",
        cluster: true,
        verbs: CREATE,
      },
      {
        kind: "SelfSubjectRulesReview",
        plural: "selfsubjectrulesreviews",
        model: "V1SelfSubjectRulesReview",
        cluster: true,
        verbs: CREATE,
      },
      {
        kind: "SubjectAccessReview",
        plural: "subjectaccessreviews",
        model: "V1SubjectAccessReview",
        cluster: true,
        verbs: CREATE,
      },
      {
        kind: "LocalSubjectAccessReview",
        plural: "localsubjectaccessreviews",
        model: "V1LocalSubjectAccessReview",
        verbs: CREATE,
      },
    ],
  },
  {
    group: "authentication.k8s.io",
    version: "v1",
    rows: [
      {
        kind: "SelfSubjectReview",
        plural: "selfsubjectreviews",
        model: "V1SelfSubjectReview",
        cluster: true,
        verbs: CREATE,
      },
      { kind: "TokenReview", plural: "tokenreviews", model: "V1TokenReview", cluster: true, verbs: CREATE },
    ],
  },
  {
    group: "apiextensions.k8s.io",
    version: "v1",
    rows: [
      {
        kind: "CustomResourceDefinition",
        plural: "customresourcedefinitions",
        model: "V1CustomResourceDefinition",
        short: ["crd", "crds"],
        cluster: true,
        status: true,
      },
    ],
  },
];
