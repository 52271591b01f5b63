import * as z from "zod";
import type { KubeObject } from "../../store.ts";
import type { Kind } from "../kind.ts";
import { type FieldSet, fieldSet } from "./field-set.ts";

/** Who writes, and how: an entry of managedFields before it has fields. */
export interface Manager {
  manager: string;
  operation: "Apply" | "Update";
  apiVersion: string;
  subresource: string;
  time: string;
}

export interface Managed extends Manager {
  fields: FieldSet;
}

const entry = z.object({
  manager: z.string().default(""),
  operation: z.enum(["Apply", "Update"]),
  apiVersion: z.string().default(""),
  time: z.string().default(""),
  fieldsV1: z.unknown(),
  subresource: z.string().default(""),
});

export function readManagers(object: KubeObject | undefined): Managed[] {
  const read = z.array(entry).safeParse(object?.metadata.managedFields ?? []);
  if (!read.success) return [];
  return read.data.map(({ fieldsV1, ...manager }) => ({ ...manager, fields: fieldSet.fromFieldsV1(fieldsV1) }));
}

/** The object with these managers, in the server's order; those that own nothing are left out. */
export function withManagers(object: KubeObject, managers: Managed[]): KubeObject {
  const { managedFields: _, ...metadata } = object.metadata;
  const entries = managers
    .filter(({ fields }) => fields.size > 0)
    .sort(
      (left, right) =>
        left.operation.localeCompare(right.operation) ||
        left.time.localeCompare(right.time) ||
        left.manager.localeCompare(right.manager),
    )
    .map(({ fields, subresource, manager, operation, apiVersion, time }) => ({
      manager,
      operation,
      apiVersion,
      time,
      fieldsType: "FieldsV1",
      fieldsV1: fieldSet.toFieldsV1(fields),
      ...(subresource === "" ? {} : { subresource }),
    }));
  return { ...object, metadata: entries.length === 0 ? metadata : { ...metadata, managedFields: entries } };
}

export function isSame(left: Manager, right: Manager): boolean {
  return (
    left.manager === right.manager &&
    left.operation === right.operation &&
    left.subresource === right.subresource &&
    left.apiVersion === right.apiVersion
  );
}

const NEVER = new Set(
  [
    "name",
    "namespace",
    "creationTimestamp",
    "deletionTimestamp",
    "deletionGracePeriodSeconds",
    "selfLink",
    "uid",
    "generation",
    "managedFields",
    "resourceVersion",
  ].map((name) => `f:metadata/f:${name}`),
);

/** What nobody can own: an object's identity, and what this (sub)resource does not write. */
export function ownable(kind: Kind, fields: FieldSet, subresource: string): FieldSet {
  return fieldSet.filter(fields, (path) => {
    const [first, second] = path;
    if (first === undefined || first === "f:apiVersion" || first === "f:kind") return false;
    if (first === "f:metadata" && (second === undefined || NEVER.has(`${first}/${second}`))) return false;
    if (subresource === "status") return first === "f:status";
    return !(kind.status && first === "f:status");
  });
}
