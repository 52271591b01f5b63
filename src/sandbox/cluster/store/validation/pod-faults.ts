import { amount } from "../admission/amount.ts";
import { at, listAt } from "../at.ts";
import { isObject, type JsonObject } from "../is-object.ts";
import type { FieldFault } from "../refuse.ts";
import { fault } from "./fault.ts";
import { checkName, NAME_RULES } from "./names.ts";

/** https://github.com/kubernetes/kubernetes/blob/v1.34.4/pkg/apis/core/validation/validation.go, as far as an application's manifests go wrong. */
export function podFaults(spec: JsonObject, field: string): FieldFault[] {
  const volumes = new Set(listAt(spec, "volumes").map((volume) => volume.name));
  const containers = listAt(spec, "containers");
  const policies = ["Always", "OnFailure", "Never"];
  return [
    ...listAt(spec, "initContainers").flatMap((one, index) =>
      containerFaults(one, `${field}.initContainers[${index}]`, volumes),
    ),
    ...(containers.length === 0 ? [fault.required(`${field}.containers`)] : []),
    ...containers.flatMap((one, index) => containerFaults(one, `${field}.containers[${index}]`, volumes)),
    ...duplicates(containers, `${field}.containers`),
    ...duplicates(listAt(spec, "volumes"), `${field}.volumes`),
    ...(policies.includes(String(spec.restartPolicy))
      ? []
      : [fault.unsupported(`${field}.restartPolicy`, spec.restartPolicy, policies)]),
  ];
}

export function portFaults(port: unknown, field: string): FieldFault[] {
  const inside = typeof port === "number" && port >= 1 && port <= 65_535;
  return inside ? [] : [fault.invalid(field, port, "must be between 1 and 65535, inclusive")];
}

function containerFaults(container: JsonObject, field: string, volumes: Set<unknown>): FieldFault[] {
  const { name, image } = container;
  return [
    ...(name === undefined || name === ""
      ? [fault.required(`${field}.name`)]
      : checkName(NAME_RULES.label, `${field}.name`, name)),
    ...(image === undefined || image === "" ? [fault.required(`${field}.image`)] : []),
    ...listAt(container, "ports").flatMap((port, index) =>
      portFaults(port.containerPort, `${field}.ports[${index}].containerPort`),
    ),
    ...listAt(container, "env").flatMap((variable, index) =>
      variable.name === undefined || variable.name === "" ? [fault.required(`${field}.env[${index}].name`)] : [],
    ),
    ...listAt(container, "volumeMounts").flatMap((mount, index) =>
      volumes.has(mount.name) ? [] : [fault.notFound(`${field}.volumeMounts[${index}].name`, mount.name)],
    ),
    ...resourceFaults(container, `${field}.resources`),
  ];
}

function resourceFaults(container: JsonObject, field: string): FieldFault[] {
  const requests = at(container, "resources.requests");
  const limits = at(container, "resources.limits");
  const wrong = [requests, limits].flatMap((amounts, index) =>
    isObject(amounts)
      ? Object.entries(amounts)
          .filter(([, value]) => Number.isNaN(amount(value)))
          .map(([name, value]) =>
            fault.invalid(
              `${field}.${index === 0 ? "requests" : "limits"}[${name}]`,
              value,
              "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'",
            ),
          )
      : [],
  );
  if (!isObject(requests) || !isObject(limits)) return wrong;
  const above = Object.entries(requests)
    .filter(([name, value]) => limits[name] !== undefined && amount(value) > amount(limits[name]))
    .map(([name, value]) =>
      fault.invalid(`${field}.requests`, value, `must be less than or equal to ${name} limit of ${limits[name]}`),
    );
  return [...wrong, ...above];
}

function duplicates(list: JsonObject[], field: string): FieldFault[] {
  const names = list.map(({ name }) => name);
  return names.flatMap((name, index) =>
    names.indexOf(name) < index ? [fault.duplicate(`${field}[${index}].name`, name)] : [],
  );
}
