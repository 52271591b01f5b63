import * as client from "@kubernetes/client-node";
import { ATOMIC_MAPS, LIST_MAP_KEYS, LIST_SETS } from "./list-types.ts";
import type { Schema } from "./schema.ts";

interface Attribute {
  baseName: string;
  type: string;
  format: string;
}

/** Fields whose content is anybody's: the generator writes `any` or an empty model for them. */
const MAP = /^\{ \[key: string\]: (.+); \}$/;
const LIST = /^Array<(.+)>$/;
const made = new Map<string, Schema>();

/** The schema of a built-in type, told from the field tables of the generated client (the only list of them in an npm package). */
export function modelSchema(model: string): Schema {
  const known = made.get(model);
  if (known !== undefined) return known;
  const schema: Schema = { type: "object", title: model.replace(/^(Core|Discovery|Rbac)?V\d/, "") };
  // Remembered before it is filled, because JSONSchemaProps contains itself.
  made.set(model, schema);
  schema.properties = Object.fromEntries(
    attributesOf(model).map((attribute) => [attribute.baseName, fieldSchema(model, attribute)]),
  );
  if (ATOMIC_MAPS.has(model)) schema["x-kubernetes-map-type"] = "atomic";
  return schema;
}

function fieldSchema(model: string, { baseName, type, format }: Attribute): Schema {
  const path = `${model}.${baseName}`;
  if (path === "V1ObjectMeta.managedFields") return { type: "array", items: ANYTHING };
  const keys = LIST_MAP_KEYS[path];
  if (QUANTITIES.has(path)) return { type: "object", additionalProperties: QUANTITY };
  const schema = typeSchema(type, format);
  if (keys !== undefined) {
    return { ...schema, "x-kubernetes-list-type": "map", "x-kubernetes-list-map-keys": [...keys] };
  }
  // The one default that a list key has: https://github.com/kubernetes/api/blob/master/core/v1/types.go (ContainerPort, ServicePort).
  if (baseName === "protocol" && /Port$/.test(model)) return { ...schema, default: "TCP" };
  if (LIST_SETS.has(path)) return { ...schema, "x-kubernetes-list-type": "set" };
  if (ATOMIC_MAPS.has(path)) return { ...schema, "x-kubernetes-map-type": "atomic" };
  return schema;
}

/** Amounts may be written as numbers: https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/ */
const QUANTITY: Schema = { "x-kubernetes-int-or-string": true, format: "quantity" };
const QUANTITIES = new Set([
  "V1ResourceRequirements.limits",
  "V1ResourceRequirements.requests",
  "V1VolumeResourceRequirements.limits",
  "V1VolumeResourceRequirements.requests",
  "V1ResourceQuotaSpec.hard",
  "V1ResourceQuotaStatus.hard",
  "V1ResourceQuotaStatus.used",
  "V1NodeStatus.capacity",
  "V1NodeStatus.allocatable",
  "V1PersistentVolumeClaimStatus.capacity",
  "V1LimitRangeItem.default",
  "V1LimitRangeItem.defaultRequest",
  "V1LimitRangeItem.max",
  "V1LimitRangeItem.min",
]);
const ANYTHING: Schema = { "x-kubernetes-preserve-unknown-fields": true };

function typeSchema(type: string, format: string): Schema {
  const item = LIST.exec(type)?.[1];
  if (item !== undefined) return { type: "array", items: typeSchema(item, format), "x-kubernetes-list-type": "atomic" };
  const value = MAP.exec(type)?.[1];
  if (value !== undefined) return { type: "object", additionalProperties: typeSchema(value, format) };
  switch (type) {
    case "string":
      return format === "" ? { type: "string" } : { type: "string", format };
    case "number":
      return { type: format === "double" ? "number" : "integer", ...(format === "" ? {} : { format }) };
    case "boolean":
      return { type: "boolean" };
    case "Date":
    case "V1MicroTime":
      return { type: "string", format: "date-time" };
    case "IntOrString":
      return { "x-kubernetes-int-or-string": true };
    case "any":
    case "object":
      return ANYTHING;
    default:
      return modelSchema(type);
  }
}

function attributesOf(model: string): Attribute[] {
  // The package exports its generated classes by name; which of them are models can only be seen at run time.
  const found: unknown = Reflect.get(client, model);
  if (typeof found !== "function" || !("getAttributeTypeMap" in found)) throw new Error(`no model ${model}`);
  const read = found.getAttributeTypeMap;
  if (typeof read !== "function") throw new Error(`no model ${model}`);
  // The generator's own declaration of this static method: an array of { name, baseName, type, format }.
  return read.call(found) as Attribute[];
}
