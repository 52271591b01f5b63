import type { KubeObject } from "../../store.ts";
import { at, listAt } from "../at.ts";
import { equal } from "../equal.ts";
import { isObject } from "../is-object.ts";
import type { FieldFault } from "../refuse.ts";
import { crdFaults } from "./crd-faults.ts";
import { fault } from "./fault.ts";
import { checkName, NAME_RULES } from "./names.ts";
import { podFaults, portFaults } from "./pod-faults.ts";

const STATEFUL_SET_MAY_CHANGE = [
  "replicas",
  "ordinals",
  "template",
  "updateStrategy",
  "revisionHistoryLimit",
  "persistentVolumeClaimRetentionPolicy",
  "minReadySeconds",
];

type Check = (object: KubeObject, previous: KubeObject | undefined) => FieldFault[];

const workload: Check = (object, previous) => [
  ...selectorFaults(object),
  ...templateFaults(object, "spec.template.spec"),
  ...immutable(object, previous, "spec.selector"),
];

const keys: Check = (object, previous) => [
  ...["data", "binaryData"].flatMap((field) =>
    Object.keys(Object(object[field])).flatMap((key) => checkName(NAME_RULES.configKey, `${field}[${key}]`, key)),
  ),
  ...(previous?.immutable === true && !equal(previous.data, object.data)
    ? [fault.forbidden("data", "field is immutable when `immutable` is set")]
    : []),
];

const binding: Check = (object, previous) => [
  ...(at(object, "roleRef.name") ? [] : [fault.required("roleRef.name")]),
  ...(previous !== undefined && !equal(previous.roleRef, object.roleRef)
    ? [fault.invalid("roleRef", goRoleRef(object.roleRef), "cannot change roleRef")]
    : []),
];

/** What the real server refuses in objects of the built-in kinds: the mistakes that manifests make, not all there are. */
export const BUILTIN_FAULTS: Readonly<Record<string, Check>> = {
  Deployment: workload,
  ReplicaSet: workload,
  StatefulSet: (object, previous) => [
    ...selectorFaults(object),
    ...templateFaults(object, "spec.template.spec"),
    ...statefulSetFaults(object, previous),
  ],
  DaemonSet: workload,
  Pod: (object) => (isObject(object.spec) ? podFaults(object.spec, "spec") : []),
  Job: (object, previous) => [
    ...templateFaults(object, "spec.template.spec"),
    ...["spec.selector", "spec.template", "spec.completionMode"].flatMap((path) => immutable(object, previous, path)),
  ],
  CronJob: (object) => templateFaults(object, "spec.jobTemplate.spec.template.spec"),
  ConfigMap: keys,
  Secret: (object, previous) => [
    ...keys(object, previous),
    ...dockerFaults(object),
    ...immutable(object, previous, "type"),
  ],
  RoleBinding: binding,
  ClusterRoleBinding: binding,
  CustomResourceDefinition: crdFaults,

  Service: (object) => {
    const ports = listAt(object, "spec.ports");
    const headless = at(object, "spec.clusterIP") === "None" || at(object, "spec.type") === "ExternalName";
    return [
      ...(ports.length === 0 && !headless ? [fault.required("spec.ports")] : []),
      ...ports.flatMap((port, index) => [
        ...(ports.length > 1 && !port.name ? [fault.required(`spec.ports[${index}].name`)] : []),
        ...portFaults(port.port, `spec.ports[${index}].port`),
        ...(typeof port.targetPort === "number" ? portFaults(port.targetPort, `spec.ports[${index}].targetPort`) : []),
      ]),
    ];
  },

  Ingress: (object) => {
    const rules = listAt(object, "spec.rules");
    if (rules.length === 0 && at(object, "spec.defaultBackend") === undefined) {
      return [fault.invalid("spec", undefined, "either `defaultBackend` or `rules` must be specified")];
    }
    return rules.flatMap((rule, index) => [
      ...(typeof rule.host === "string" && rule.host !== ""
        ? checkName(NAME_RULES.subdomain, `spec.rules[${index}].host`, rule.host.replace(/^\*\./, ""))
        : []),
      ...listAt(rule, "http.paths").flatMap((path, place) =>
        path.pathType === undefined
          ? [fault.required(`spec.rules[${index}].http.paths[${place}].pathType`, "pathType must be specified")]
          : [],
      ),
    ]);
  },
};

function selectorFaults(object: KubeObject): FieldFault[] {
  const selector = at(object, "spec.selector");
  const labels = at(object, "spec.template.metadata.labels");
  const wanted = at(selector, "matchLabels");
  const matches =
    isObject(selector) &&
    Object.entries(Object(wanted)).every(([key, value]) => isObject(labels) && labels[key] === value);
  return [
    ...(selector === undefined ? [fault.required("spec.selector")] : []),
    ...(matches
      ? []
      : [fault.invalid("spec.template.metadata.labels", labels, "`selector` does not match template `labels`")]),
  ];
}

function templateFaults(object: KubeObject, path: string): FieldFault[] {
  const spec = at(object, path);
  return podFaults(isObject(spec) ? spec : { restartPolicy: "Always" }, path);
}

function immutable(object: KubeObject, previous: KubeObject | undefined, path: string): FieldFault[] {
  if (previous === undefined || equal(at(object, path), at(previous, path))) return [];
  return [fault.invalid(path, at(object, path), "field is immutable")];
}

/** https://github.com/kubernetes/kubernetes/blob/v1.34.4/pkg/apis/apps/validation/validation.go (ValidateStatefulSetUpdate) */
function statefulSetFaults(object: KubeObject, previous: KubeObject | undefined): FieldFault[] {
  const free = new Set(STATEFUL_SET_MAY_CHANGE);
  const fixed = (set: KubeObject | undefined) =>
    Object.entries(Object(set?.spec))
      .filter(([field]) => !free.has(field))
      .sort(([a], [b]) => (a < b ? -1 : 1));
  if (previous === undefined || equal(fixed(object), fixed(previous))) return [];
  const named = STATEFUL_SET_MAY_CHANGE.map((field) => `'${field}'`);
  const why = `updates to statefulset spec for fields other than ${named.slice(0, -1).join(", ")} and ${named.at(-1)} are forbidden`;
  return [fault.forbidden("spec", why)];
}

function dockerFaults(object: KubeObject): FieldFault[] {
  if (object.type !== "kubernetes.io/dockerconfigjson") return [];
  const field = "data[.dockerconfigjson]";
  const encoded = isObject(object.data) ? object.data[".dockerconfigjson"] : undefined;
  if (typeof encoded !== "string") return [fault.required(field)];
  const text = Buffer.from(encoded, "base64").toString();
  try {
    JSON.parse(text);
    return [];
  } catch {
    const why = `invalid character '${text.charAt(0)}' looking for beginning of value`;
    return [fault.invalid(field, "<secret contents redacted>", why)];
  }
}

/** The server prints its Go value here, whose fields have capitals. */
function goRoleRef(value: unknown) {
  const { apiGroup, kind, name } = isObject(value) ? value : {};
  return { APIGroup: apiGroup, Kind: kind, Name: name };
}
