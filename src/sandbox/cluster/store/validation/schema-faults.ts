import { equal } from "../equal.ts";
import { isObject } from "../is-object.ts";
import { itemElement } from "../managed-fields/children.ts";
import type { FieldFault } from "../refuse.ts";
import type { Schema } from "../schema.ts";
import { fits, typeName } from "../shape.ts";
import { fault } from "./fault.ts";

const DATE_TIME = /^\d{4}-\d{2}-\d{2}[Tt]\d{2}:\d{2}:\d{2}(\.\d+)?([Zz]|[+-]\d{2}:\d{2})$/;

/** What a custom object has against its schema, worded as the real server's (kube-openapi's validator). CEL rules are not looked at. */
export function schemaFaults(schema: Schema, value: unknown, field: string): FieldFault[] {
  if (value === undefined || (value === null && schema.nullable)) return [];
  if (!fits(schema, value)) {
    const type = schema["x-kubernetes-int-or-string"] ? "integer,string" : schema.type;
    const actual = typeName(value);
    return [
      fault.type(field, actual, `${field} in body must be of type ${type}: ${JSON.stringify(actual)}`),
      ...enumFaults(schema, value, field),
    ];
  }
  return [
    ...enumFaults(schema, value, field),
    ...(typeof value === "string" ? stringFaults(schema, value, field) : []),
    ...(typeof value === "number" ? numberFaults(schema, value, field) : []),
    ...(Array.isArray(value) ? listFaults(schema, value, field) : []),
    ...(isObject(value) ? objectFaults(schema, value, field) : []),
    ...junctorFaults(schema, value, field),
  ];
}

function enumFaults(schema: Schema, value: unknown, field: string): FieldFault[] {
  const allowed = schema.enum;
  return allowed === undefined || allowed.some((one) => equal(one, value))
    ? []
    : [fault.unsupported(field, value, allowed)];
}

function stringFaults(schema: Schema, value: string, field: string): FieldFault[] {
  const { minLength = 0, maxLength, pattern, format } = schema;
  const length = [...value].length;
  return [
    ...(maxLength !== undefined && length > maxLength ? [fault.tooLong(field, maxLength)] : []),
    ...(length < minLength
      ? [fault.invalid(field, value, `${field} in body should be at least ${minLength} chars long`)]
      : []),
    ...(pattern !== undefined && maxLength === undefined && !matches(pattern, value)
      ? [patternFault(field, value, pattern)]
      : []),
    ...(pattern !== undefined &&
    maxLength !== undefined &&
    length <= maxLength &&
    length >= minLength &&
    !matches(pattern, value)
      ? [patternFault(field, value, pattern)]
      : []),
    ...(format === "date-time" && !DATE_TIME.test(value)
      ? [fault.type(field, value, `${field} in body must be of type date-time: ${JSON.stringify(value)}`)]
      : []),
  ];
}

function patternFault(field: string, value: string, pattern: string): FieldFault {
  return fault.invalid(field, value, `${field} in body should match '${pattern}'`);
}

/** Go's expressions are JavaScript's as far as CRDs go, but for the inline flag at the start. */
function matches(pattern: string, value: string): boolean {
  const [, flags = "", rest = pattern] = /^\(\?([ims]+)\)(.*)$/s.exec(pattern) ?? [];
  return new RegExp(rest, flags).test(value);
}

function numberFaults(schema: Schema, value: number, field: string): FieldFault[] {
  const { minimum, maximum, exclusiveMinimum, exclusiveMaximum, multipleOf } = schema;
  const faults: FieldFault[] = [];
  if (maximum !== undefined && (exclusiveMaximum ? value >= maximum : value > maximum)) {
    const than = exclusiveMaximum ? "less than" : "less than or equal to";
    faults.push(fault.invalid(field, value, `${field} in body should be ${than} ${maximum}`));
  }
  if (minimum !== undefined && (exclusiveMinimum ? value <= minimum : value < minimum)) {
    const than = exclusiveMinimum ? "greater than" : "greater than or equal to";
    faults.push(fault.invalid(field, value, `${field} in body should be ${than} ${minimum}`));
  }
  if (multipleOf !== undefined && value % multipleOf !== 0) {
    faults.push(fault.invalid(field, value, `${field} in body should be a multiple of ${multipleOf}`));
  }
  return faults;
}

function listFaults(schema: Schema, list: unknown[], field: string): FieldFault[] {
  const { minItems, maxItems, items } = schema;
  const type = schema["x-kubernetes-list-type"];
  const key = (item: unknown) => (type === "map" ? itemElement(schema, item) : JSON.stringify(item));
  const keys = list.map(key);
  return [
    ...(maxItems !== undefined && list.length > maxItems ? [fault.tooMany(field, list.length, maxItems)] : []),
    ...(minItems !== undefined && list.length < minItems
      ? [fault.invalid(field, list.length, `${field} in body should have at least ${minItems} items`)]
      : []),
    ...(items === undefined ? [] : list.flatMap((item, index) => schemaFaults(items, item, `${field}[${index}]`))),
    ...(type === "map" || type === "set" || schema.uniqueItems
      ? list.flatMap((item, index) =>
          keys.indexOf(key(item)) < index ? [fault.duplicate(`${field}[${index}]`, identity(schema, item))] : [],
        )
      : []),
  ];
}

function identity(schema: Schema, item: unknown): unknown {
  const keys = schema["x-kubernetes-list-map-keys"];
  return keys === undefined || !isObject(item) ? item : Object.fromEntries(keys.map((key) => [key, item[key]]));
}

function objectFaults(schema: Schema, value: Record<string, unknown>, field: string): FieldFault[] {
  const below = (key: string) => (field === "" ? key : `${field}.${key}`);
  const { properties = {}, additionalProperties, minProperties, maxProperties } = schema;
  const count = Object.keys(value).length;
  return [
    ...(schema.required ?? [])
      .filter((key) => value[key] === undefined || (value[key] === null && !properties[key]?.nullable))
      .map((key) => fault.required(below(key))),
    ...Object.entries(value).flatMap(([key, part]) => {
      const declared = properties[key] ?? (typeof additionalProperties === "object" ? additionalProperties : undefined);
      if (declared === undefined || (part === null && schema.required?.includes(key))) return [];
      return schemaFaults(declared, part, below(key));
    }),
    ...(minProperties !== undefined && count < minProperties
      ? [fault.invalid(field, count, `${field} in body should have at least ${minProperties} properties`)]
      : []),
    ...(maxProperties !== undefined && count > maxProperties ? [fault.tooMany(field, count, maxProperties)] : []),
  ];
}

function junctorFaults(schema: Schema, value: unknown, field: string): FieldFault[] {
  const holds = (part: Schema) => schemaFaults(part, value, field).length === 0;
  const faults = (schema.allOf ?? []).flatMap((part) => schemaFaults(part, value, field));
  const told = JSON.stringify(field);
  if (schema.anyOf !== undefined && !schema["x-kubernetes-int-or-string"] && !schema.anyOf.some(holds)) {
    faults.push(fault.invalid(field, value, `${told} must validate at least one schema (anyOf)`));
  }
  if (schema.oneOf !== undefined && schema.oneOf.filter(holds).length !== 1) {
    const found = schema.oneOf.filter(holds).length;
    faults.push(
      fault.invalid(
        field,
        value,
        `${told} must validate one and only one schema (oneOf). Found ${found === 0 ? "none" : found} valid`,
      ),
    );
  }
  if (schema.not !== undefined && holds(schema.not)) {
    faults.push(fault.invalid(field, value, `${told} must not validate the schema (not)`));
  }
  return faults;
}
