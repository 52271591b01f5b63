import type { KubeObject } from "../../store.ts";
import { at, listAt } from "../at.ts";
import { isObject } from "../is-object.ts";
import type { FieldFault } from "../refuse.ts";
import { fault } from "./fault.ts";

/** https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definitions/#specifying-a-structural-schema */
export function crdFaults(object: KubeObject, previous: KubeObject | undefined): FieldFault[] {
  const { name } = object.metadata;
  const versions = listAt(object, "spec.versions");
  const fixed = ["spec.group", "spec.scope", "spec.names.kind", "spec.names.plural"].filter(
    (path) => previous !== undefined && path !== "spec.names.kind" && at(previous, path) !== at(object, path),
  );
  return [
    ...(name === `${at(object, "spec.names.plural")}.${at(object, "spec.group")}`
      ? []
      : [fault.invalid("metadata.name", name, 'must be spec.names.plural+"."+spec.group')]),
    ...(["Namespaced", "Cluster"].includes(String(at(object, "spec.scope")))
      ? []
      : [fault.unsupported("spec.scope", at(object, "spec.scope") ?? "", ["Cluster", "Namespaced"])]),
    ...(versions.filter((version) => version.storage === true).length === 1
      ? []
      : [fault.invalid("spec.versions", versions, "must have exactly one version marked as storage version")]),
    ...versions.flatMap((version, index) => {
      const schema = at(version, "schema.openAPIV3Schema");
      const field = `spec.versions[${index}].schema.openAPIV3Schema`;
      return isObject(schema) ? structuralFaults(schema, field) : [fault.required(field)];
    }),
    ...fixed.map((path) => fault.invalid(path, at(object, path), "field is immutable")),
  ];
}

function structuralFaults(schema: Record<string, unknown>, field: string): FieldFault[] {
  const free = schema["x-kubernetes-preserve-unknown-fields"] === true || schema["x-kubernetes-int-or-string"] === true;
  const parts = [
    ...Object.entries(isObject(schema.properties) ? schema.properties : {}).map(
      ([key, part]) => [`${field}.properties[${key}]`, part] as const,
    ),
    [`${field}.items`, schema.items] as const,
    [`${field}.additionalProperties`, schema.additionalProperties] as const,
  ];
  return [
    ...(schema.type === undefined && !free
      ? [fault.required(`${field}.type`, "must not be empty for specified object fields")]
      : []),
    ...parts.flatMap(([path, part]) => (isObject(part) ? structuralFaults(part, path) : [])),
  ];
}
