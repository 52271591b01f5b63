import { ApiStatusError } from "../status-error.ts";
import type { KubeObject } from "../store.ts";
import { apiVersionOf } from "./create-kinds.ts";
import { defaultFields } from "./default-fields.ts";
import { isObject } from "./is-object.ts";
import type { Kind } from "./kind.ts";
import { itemElement } from "./managed-fields/children.ts";
import { pathText } from "./managed-fields/path-text.ts";
import { refuse } from "./refuse.ts";
import type { Schema } from "./schema.ts";
import { fits, type Mismatch, type Place, placeText, shape, typeName } from "./shape.ts";

export type FieldValidation = "Strict" | "Warn" | "Ignore";

export interface DecodeOptions {
  fieldValidation?: FieldValidation;
  warn?: (message: string) => void;
  /** How the object came: its errors are worded differently. */
  as: "object" | "patched" | "applied";
}

/** An object of its kind as it may be kept: typed, unknown fields dropped or told, defaults filled in. Never the object that was given. */
export function decode(kind: Kind, input: unknown, options: DecodeOptions): KubeObject {
  if (!isObject(input)) throw refuse.badRequest("the object provided is unrecognized (must be of type object)");
  const { value, unknown, mismatches } = shape(kind.schema(), structuredClone(input), !kind.custom);
  const body = isObject(value) ? value : {};
  if (options.as === "applied") refuseUntyped(kind, input, unknown, mismatches);
  if (mismatches.some((mismatch) => !kind.custom || mismatch.place[0] === "metadata")) {
    throw undecodable(kind, input, mismatches.map(unmarshalling)[0] ?? "", options);
  }
  if (unknown.length > 0) tellUnknown(kind, input, unknown, options);
  const metadata = isObject(body.metadata) ? body.metadata : {};
  const object: KubeObject = {
    ...body,
    apiVersion: kind.storedAs,
    kind: kind.kind,
    metadata: { ...metadata, name: typeof metadata.name === "string" ? metadata.name : "" },
  };
  return options.as === "applied" ? object : defaultFields(kind, object);
}

function tellUnknown(kind: Kind, input: object, unknown: Place[], options: DecodeOptions): void {
  const told = unknown.map((place) => `unknown field ${JSON.stringify(placeText(place))}`).sort();
  if (options.fieldValidation === "Strict") {
    throw undecodable(kind, input, `strict decoding error: ${told.join(", ")}`, options);
  }
  if (options.fieldValidation === "Warn") for (const text of told) options.warn?.(text);
}

function undecodable(kind: Kind, input: object, why: string, options: DecodeOptions): ApiStatusError {
  if (options.as === "patched" && !kind.custom) {
    const message = `Invalid value: ${JSON.stringify(JSON.stringify(input))}: ${why}`;
    return refuse.invalid({ group: "", kind: "" }, "", [{ reason: "FieldValueInvalid", field: "patch", message }]);
  }
  return refuse.badRequest(
    `${kind.kind} in version ${JSON.stringify(kind.version)} cannot be handled as a ${kind.kind}: ${why}`,
  );
}

/** In the words of Go's encoding/json. */
function unmarshalling({ place, schema, inside, value }: Mismatch): string {
  const names = place.filter((part): part is string => typeof part === "string");
  const actual = typeName(value).replace("integer", "number").replace("boolean", "bool");
  return `json: cannot unmarshal ${actual} into Go struct field ${inside}.${names.join(".")} of type ${goType(schema)}`;
}

function goType(schema: Schema): string {
  switch (schema.type) {
    case "boolean":
      return "bool";
    case "integer":
      return schema.format ?? "int64";
    case "array":
      return `[]${goType(schema.items ?? {})}`;
    case "object":
      return schema.title === undefined
        ? `map[string]${goType(Object(schema.additionalProperties))}`
        : `v1.${schema.title}`;
    default:
      return schema.type ?? "intstr.IntOrString";
  }
}

/** Server-side apply drops nothing: what the schema does not know is an error. */
function refuseUntyped(kind: Kind, input: Record<string, unknown>, unknown: Place[], mismatches: Mismatch[]): void {
  const schema = kind.schema();
  const faults = [
    ...unknown.map((place) => `${typedPath(schema, input, place)}: field not declared in schema`),
    ...mismatches.map(
      ({ place, schema: part, value }) =>
        `${typedPath(schema, input, place)}: expected ${expected(part)}, got ${got(part, value)}`,
    ),
  ];
  if (faults.length === 0) return;
  const { metadata } = input;
  const { namespace = "", name = "" } = isObject(metadata) ? metadata : {};
  const all = faults.length === 1 ? faults[0] : `errors:\n${faults.map((fault) => `  ${fault}`).join("\n")}`;
  throw new ApiStatusError({
    message: `failed to create typed patch object (${namespace}/${name}; ${apiVersionOf(kind)}, Kind=${kind.kind}): ${all}`,
    code: 500,
  });
}

function expected(schema: Schema): string {
  switch (schema.type) {
    case "integer":
    case "number":
      return "numeric (int or float)";
    case "object":
      return "map";
    case "array":
      return "list";
    default:
      return schema.type ?? "string";
  }
}

function got(schema: Schema, value: unknown): string {
  const scalar = typeof value === "number" || typeof value === "boolean" || typeof value === "string";
  if (scalar && schema.type === "string") return `&value.valueUnstructured{Value:${String(value)}}`;
  if (scalar && (schema.type === "integer" || schema.type === "number")) return typeName(value);
  return `&{${typeof value === "object" ? JSON.stringify(value) : String(value)}}`;
}

function typedPath(schema: Schema, value: unknown, place: Place): string {
  const elements: string[] = [];
  let part: Schema | undefined = schema;
  let current: unknown = value;
  for (const step of place) {
    if (typeof step === "number") {
      const item: unknown = Array.isArray(current) ? current[step] : undefined;
      const keyed: boolean =
        part?.["x-kubernetes-list-type"] === "map" && part.items !== undefined && fits(part.items, item);
      elements.push(keyed && part !== undefined ? pathText([itemElement(part, item)]) : `[${step}]`);
      current = item;
      part = part?.items;
    } else {
      elements.push(`.${step}`);
      current = isObject(current) ? current[step] : undefined;
      const additional: Schema | boolean | undefined = part?.additionalProperties;
      part = part?.properties?.[step] ?? (typeof additional === "object" ? additional : undefined);
    }
  }
  return elements.join("");
}
