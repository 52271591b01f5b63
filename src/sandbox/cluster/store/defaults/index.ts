import type { KubeObject } from "../../store.ts";
import { isObject, type JsonObject } from "../is-object.ts";
import { defaulted, each, within } from "./defaulted.ts";
import { cronJob, daemonSet, deployment, job, pod, replicaSet, statefulSet } from "./workloads.ts";

/** What the server fills into an object of a built-in kind, as far as clients notice. */
export const DEFAULTS: Readonly<Record<string, (object: KubeObject) => KubeObject>> = {
  CronJob: cronJob,
  DaemonSet: daemonSet,
  Deployment: deployment,
  Job: job,
  Pod: pod,
  ReplicaSet: replicaSet,
  StatefulSet: statefulSet,

  Namespace: (object) => ({
    ...object,
    metadata: {
      ...object.metadata,
      labels: { ...object.metadata.labels, "kubernetes.io/metadata.name": object.metadata.name },
    },
    status: defaulted({ phase: "Active" }, object.status),
  }),

  Secret: ({ stringData, ...object }) => {
    const encoded = isObject(stringData)
      ? Object.fromEntries(
          Object.entries(stringData).map(([key, value]) => [key, Buffer.from(String(value)).toString("base64")]),
        )
      : undefined;
    const data = encoded === undefined ? object.data : { ...(isObject(object.data) ? object.data : {}), ...encoded };
    // The rest of a KubeObject without one of its free fields is one.
    return { ...object, ...(data === undefined ? {} : { data }), type: object.type ?? "Opaque" } as KubeObject;
  },

  Service: (object) => {
    const spec = defaulted({ sessionAffinity: "None", type: "ClusterIP" }, object.spec);
    const open = spec.type === "NodePort" || spec.type === "LoadBalancer";
    return {
      ...object,
      spec: within(
        {
          ...(spec.type === "ExternalName" ? {} : { internalTrafficPolicy: "Cluster" }),
          ...(open ? { externalTrafficPolicy: "Cluster" } : {}),
          ...(spec.type === "LoadBalancer" ? { allocateLoadBalancerNodePorts: true } : {}),
          ...spec,
        },
        { ports: (list) => each(list, (port) => defaulted({ protocol: "TCP", targetPort: port.port }, port)) },
      ),
      status: defaulted({ loadBalancer: {} }, object.status),
    };
  },

  Ingress: (object) => ({ ...object, status: defaulted({ loadBalancer: {} }, object.status) }),

  PersistentVolumeClaim: (object) => ({
    ...object,
    spec: defaulted({ volumeMode: "Filesystem" }, object.spec),
    status: defaulted({ phase: "Pending" }, object.status),
  }),

  RoleBinding: binding,
  ClusterRoleBinding: binding,
  ClusterRole: (object) => ({ ...object, rules: object.rules ?? null }),
  Role: (object) => ({ ...object, rules: object.rules ?? null }),

  CustomResourceDefinition: (object) => {
    const spec = defaulted({ conversion: { strategy: "None" } }, object.spec);
    return { ...object, spec: within(spec, { names: (names) => namesOf(defaulted({}, names)) }) };
  },
};

function binding(object: KubeObject): KubeObject {
  const group = "rbac.authorization.k8s.io";
  return {
    ...object,
    roleRef: defaulted({ apiGroup: group }, object.roleRef),
    ...(object.subjects === undefined
      ? {}
      : {
          subjects: each(object.subjects, (subject) =>
            subject.kind === "User" || subject.kind === "Group" ? defaulted({ apiGroup: group }, subject) : subject,
          ),
        }),
  };
}

function namesOf(names: JsonObject): JsonObject {
  const kind = String(names.kind ?? "");
  return { singular: kind.toLowerCase(), listKind: `${kind}List`, ...names };
}
