import { at, listAt } from "../../store/at.ts";
import { isObject, type JsonObject } from "../../store/is-object.ts";
import type { KubeObject } from "../../store.ts";
import { age } from "./age.ts";
import { AGE, type Column } from "./column.ts";
import { column, count, number, or, pairs, text, wide } from "./make-column.ts";
import { POD_COLUMNS } from "./pod-columns.ts";
import { WORKLOAD_COLUMNS } from "./workload-columns.ts";

const CREATED_AT: Column = {
  name: "Created At",
  type: "date",
  cell: (object) => object.metadata.creationTimestamp,
};
const BINDING = [
  column("Role", (object) => `${at(object, "roleRef.kind")}/${at(object, "roleRef.name")}`),
  AGE,
  wide("Users", (object) => subjects(object, "User")),
  wide("Groups", (object) => subjects(object, "Group")),
  wide("ServiceAccounts", (object) => subjects(object, "ServiceAccount")),
];

/** After the name, what `kubectl get` of 1.34 prints: https://github.com/kubernetes/kubernetes/blob/v1.34.4/pkg/printers/internalversion/printers.go */
export const BUILTIN_COLUMNS: Readonly<Record<string, Column[]>> = {
  Pod: POD_COLUMNS,
  Namespace: [text("Status", "status.phase"), AGE],
  ConfigMap: [column("Data", (object) => count(object.data) + count(object.binaryData)), AGE],
  Secret: [column("Type", (object) => object.type), column("Data", (object) => count(object.data)), AGE],
  ServiceAccount: [column("Secrets", (object) => listAt(object, "secrets").length), AGE],
  Service: [
    text("Type", "spec.type"),
    text("Cluster-IP", "spec.clusterIP"),
    column("External-IP", externalAddress),
    column("Port(s)", (object) => listAt(object, "spec.ports").map(servicePort).join(",") || "<none>"),
    AGE,
    wide("Selector", (object) => pairs(at(object, "spec.selector"))),
  ],
  Endpoints: [
    column("Endpoints", (object) => listAt(object, "subsets").flatMap(addresses).slice(0, 3).join(",") || "<none>"),
    AGE,
  ],
  EndpointSlice: [
    column("AddressType", (object) => object.addressType),
    column(
      "Ports",
      (object) =>
        listAt(object, "ports")
          .map(({ port }) => port)
          .join(",") || "<unset>",
    ),
    column(
      "Endpoints",
      (object) =>
        listAt(object, "endpoints")
          .flatMap((one) => (Array.isArray(one.addresses) ? one.addresses : []))
          .slice(0, 3)
          .join(",") || "<unset>",
    ),
    AGE,
  ],
  Node: [
    column("Status", (object) => {
      const ready = listAt(object, "status.conditions").find(({ type }) => type === "Ready")?.status;
      const state = ready === "True" ? "Ready" : ready === undefined ? "Unknown" : "NotReady";
      return at(object, "spec.unschedulable") === true ? `${state},SchedulingDisabled` : state;
    }),
    column("Roles", (object) => {
      const prefix = "node-role.kubernetes.io/";
      const roles = Object.keys(object.metadata.labels ?? {}).filter((key) => key.startsWith(prefix));
      return (
        roles
          .map((key) => key.slice(prefix.length))
          .sort()
          .join(",") || "<none>"
      );
    }),
    AGE,
    text("Version", "status.nodeInfo.kubeletVersion"),
    wide("Internal-IP", (object) => nodeAddress(object, "InternalIP")),
    wide("External-IP", (object) => nodeAddress(object, "ExternalIP")),
    text("OS-Image", "status.nodeInfo.osImage", 1),
    text("Kernel-Version", "status.nodeInfo.kernelVersion", 1),
    text("Container-Runtime", "status.nodeInfo.containerRuntimeVersion", 1),
  ],
  Event: [
    column("Last Seen", (object, now) => age(object.lastTimestamp ?? object.eventTime ?? object.firstTimestamp, now)),
    column("Type", (object) => object.type),
    column("Reason", (object) => object.reason),
    column(
      "Object",
      (object) =>
        `${String(at(object, "involvedObject.kind") ?? "").toLowerCase()}/${at(object, "involvedObject.name")}`,
    ),
    wide("Subobject", (object) => at(object, "involvedObject.fieldPath") ?? ""),
    wide("Source", (object) =>
      [at(object, "source.component") ?? object.reportingComponent, at(object, "source.host")]
        .filter(Boolean)
        .join(", "),
    ),
    column("Message", (object) => String(object.message ?? "").trim()),
    wide("First Seen", (object, now) => age(object.firstTimestamp ?? object.eventTime, now)),
    wide("Count", (object) => Number(object.count ?? 1)),
    { name: "Name", type: "string", format: "name", priority: 1, cell: (object) => object.metadata.name },
  ],
  PersistentVolumeClaim: [
    text("Status", "status.phase"),
    column("Volume", (object) => at(object, "spec.volumeName") ?? ""),
    column("Capacity", (object) => at(object, "status.capacity.storage") ?? ""),
    column("Access Modes", (object) => modes(at(object, "status.accessModes"))),
    column("StorageClass", (object) => at(object, "spec.storageClassName") ?? ""),
    column("VolumeAttributesClass", () => "<unset>"),
    AGE,
    wide("VolumeMode", (object) => or(at(object, "spec.volumeMode"))),
  ],
  ResourceQuota: [
    column("Request", (object) => quota(object, (name) => !name.startsWith("limits."))),
    column("Limit", (object) => quota(object, (name) => name.startsWith("limits."))),
    AGE,
  ],
  ...WORKLOAD_COLUMNS,
  Ingress: [
    text("Class", "spec.ingressClassName"),
    column(
      "Hosts",
      (object) =>
        listAt(object, "spec.rules")
          .map(({ host }) => host ?? "*")
          .slice(0, 3)
          .join(",") || "*",
    ),
    column("Address", (object) =>
      listAt(object, "status.loadBalancer.ingress")
        .map(({ ip, hostname }) => ip ?? hostname)
        .join(","),
    ),
    column("Ports", (object) => (listAt(object, "spec.tls").length > 0 ? "80, 443" : "80")),
    AGE,
  ],
  IngressClass: [text("Controller", "spec.controller"), text("Parameters", "spec.parameters.name"), AGE],
  NetworkPolicy: [column("Pod-Selector", (object) => pairs(at(object, "spec.podSelector.matchLabels"))), AGE],
  Role: [CREATED_AT],
  ClusterRole: [CREATED_AT],
  RoleBinding: BINDING,
  ClusterRoleBinding: BINDING,
  CustomResourceDefinition: [CREATED_AT],
  Lease: [column("Holder", (object) => at(object, "spec.holderIdentity") ?? ""), AGE],
  PodDisruptionBudget: [
    column("Min Available", (object) => String(at(object, "spec.minAvailable") ?? "N/A")),
    column("Max Unavailable", (object) => String(at(object, "spec.maxUnavailable") ?? "N/A")),
    number("Allowed Disruptions", "status.disruptionsAllowed"),
    AGE,
  ],
  HorizontalPodAutoscaler: [
    column(
      "Reference",
      (object) => `${at(object, "spec.scaleTargetRef.kind")}/${at(object, "spec.scaleTargetRef.name")}`,
    ),
    column("Targets", () => "<unknown>"),
    text("MinPods", "spec.minReplicas"),
    column("MaxPods", (object) => at(object, "spec.maxReplicas")),
    column("Replicas", (object) => at(object, "status.currentReplicas") ?? 0),
    AGE,
  ],
  StorageClass: [
    column("Provisioner", (object) => object.provisioner),
    column("ReclaimPolicy", (object) => object.reclaimPolicy ?? "Delete"),
    column("VolumeBindingMode", (object) => object.volumeBindingMode ?? "Immediate"),
    column("AllowVolumeExpansion", (object) => object.allowVolumeExpansion ?? false),
    AGE,
  ],
  PriorityClass: [
    column("Value", (object) => object.value, 0, "integer"),
    column("Global-Default", (object) => object.globalDefault ?? false, 0, "boolean"),
    AGE,
    column("PreemptionPolicy", (object) => object.preemptionPolicy),
  ],
};

function externalAddress(service: KubeObject): string {
  const given = at(service, "spec.externalIPs");
  const balanced = listAt(service, "status.loadBalancer.ingress").map(({ ip, hostname }) => ip ?? hostname);
  const type = at(service, "spec.type");
  if (type === "ExternalName") return or(at(service, "spec.externalName"));
  const all = [...(type === "LoadBalancer" ? balanced : []), ...(Array.isArray(given) ? given : [])];
  return all.length > 0 ? all.join(",") : type === "LoadBalancer" ? "<pending>" : "<none>";
}

function servicePort({ port, nodePort, protocol }: JsonObject): string {
  return `${port}${nodePort ? `:${nodePort}` : ""}/${protocol}`;
}

function addresses(subset: JsonObject): string[] {
  const ips = listAt(subset, "addresses").map(({ ip }) => ip);
  const ports = listAt(subset, "ports").map(({ port }) => port);
  return ips.flatMap((ip) => (ports.length === 0 ? [String(ip)] : ports.map((port) => `${ip}:${port}`)));
}

function nodeAddress(node: KubeObject, type: string): string {
  return or(listAt(node, "status.addresses").find((address) => address.type === type)?.address);
}

const MODES: Readonly<Record<string, string>> = {
  ReadWriteOnce: "RWO",
  ReadOnlyMany: "ROX",
  ReadWriteMany: "RWX",
  ReadWriteOncePod: "RWOP",
};

function modes(value: unknown): string {
  return Array.isArray(value) ? value.map((mode) => MODES[mode] ?? mode).join(",") : "";
}

function quota(object: KubeObject, wanted: (name: string) => boolean): string {
  const hard = at(object, "status.hard") ?? at(object, "spec.hard");
  const used = at(object, "status.used");
  if (!isObject(hard)) return "";
  const names = Object.keys(hard).filter(wanted).sort();
  return names.map((name) => `${name}: ${isObject(used) ? (used[name] ?? 0) : 0}/${hard[name]}`).join(", ");
}

function subjects(object: KubeObject, kind: string): string {
  return listAt(object, "subjects")
    .filter((subject) => subject.kind === kind)
    .map(({ namespace, name }) => (kind === "ServiceAccount" ? `${namespace}/${name}` : name))
    .join(", ");
}
