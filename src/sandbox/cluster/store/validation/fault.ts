import type { FieldFault } from "../refuse.ts";

/** The server's own wording of what can be wrong with a field. https://github.com/kubernetes/apimachinery/blob/master/pkg/util/validation/field/errors.go */
export const fault = {
  required: (field: string, why = ""): FieldFault => ({
    reason: "FieldValueRequired",
    field,
    message: `Required value${why === "" ? "" : `: ${why}`}`,
  }),
  invalid: (field: string, value: unknown, why: string): FieldFault => ({
    reason: "FieldValueInvalid",
    field,
    message: `Invalid value: ${text(value)}: ${why}`,
  }),
  type: (field: string, value: string, why: string): FieldFault => ({
    reason: "FieldValueTypeInvalid",
    field,
    message: `Invalid value: ${text(value)}: ${why}`,
  }),
  unsupported: (field: string, value: unknown, supported: unknown[]): FieldFault => ({
    reason: "FieldValueNotSupported",
    field,
    message: `Unsupported value: ${text(value)}: supported values: ${supported.map(text).join(", ")}`,
  }),
  duplicate: (field: string, value: unknown): FieldFault => ({
    reason: "FieldValueDuplicate",
    field,
    message: `Duplicate value: ${text(value)}`,
  }),
  forbidden: (field: string, why: string): FieldFault => ({
    reason: "FieldValueForbidden",
    field,
    message: `Forbidden: ${why}`,
  }),
  notFound: (field: string, value: unknown): FieldFault => ({
    reason: "FieldValueNotFound",
    field,
    message: `Not found: ${text(value)}`,
  }),
  tooLong: (field: string, most: number): FieldFault => ({
    reason: "FieldValueTooLong",
    field,
    message: `Too long: may not be more than ${most} bytes`,
  }),
  tooMany: (field: string, count: number, most: number): FieldFault => ({
    reason: "FieldValueTooMany",
    field,
    message: `Too many: ${count}: must have at most ${most} items`,
  }),
};

function text(value: unknown): string {
  return value === undefined ? "null" : JSON.stringify(value);
}
