import type { KubeObject } from "../../store.ts";
import type { Kind } from "../kind.ts";
import type { FieldFault } from "../refuse.ts";
import { fault } from "./fault.ts";
import { checkName, NAME_RULES } from "./names.ts";

export function metadataFaults(kind: Kind, object: KubeObject): FieldFault[] {
  const { name, labels, annotations } = object.metadata;
  return [
    ...(name === ""
      ? [fault.required("metadata.name", "name or generateName is required")]
      : kind.group === "rbac.authorization.k8s.io"
        ? segmentFaults(name)
        : checkName(ruleFor(kind), "metadata.name", name)),
    ...labelFaults("metadata.labels", labels),
    ...Object.keys(annotations ?? {}).flatMap((key) => keyFaults("metadata.annotations", key.toLowerCase(), key)),
  ];
}

function labelFaults(field: string, labels: Record<string, string> | undefined): FieldFault[] {
  return Object.entries(labels ?? {}).flatMap(([key, value]) => [
    ...keyFaults(field, key, key),
    ...checkName(NAME_RULES.labelValue, field, value),
  ]);
}

function keyFaults(field: string, key: string, shown: string): FieldFault[] {
  const [first = "", second] = key.split("/");
  const name = second ?? first;
  const prefix = second === undefined ? [] : checkName(NAME_RULES.subdomain, field, first);
  return [...prefix, ...checkName(NAME_RULES.labelKey, field, name)].map(({ message }) =>
    fault.invalid(
      field,
      shown,
      message.replace(/^Invalid value: "(?:[^"\\]|\\.)*": /, prefix.length > 0 ? "prefix part " : ""),
    ),
  );
}

function ruleFor(kind: Kind) {
  if (kind.kind === "Namespace" && kind.group === "") return NAME_RULES.label;
  if (kind.kind === "Service" && kind.group === "") return NAME_RULES.serviceName;
  return NAME_RULES.subdomain;
}

/** Roles may be named `system:node`: any one segment of a path. */
function segmentFaults(name: string): FieldFault[] {
  if (name === "." || name === "..") return [fault.invalid("metadata.name", name, `may not be '${name}'`)];
  return ["/", "%"]
    .filter((part) => name.includes(part))
    .map((part) => fault.invalid("metadata.name", name, `may not contain '${part}'`));
}
