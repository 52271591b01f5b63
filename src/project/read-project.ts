import type { z } from "zod";
import type { Params } from "./params.ts";
import { type Project, projectResource } from "./project.ts";

/** One that is stored but does not say what a Project says: written by hand, or by a version that is no more or not yet. */
export interface UnreadableProject {
  name: string;
  /** For words: the first `field` that is wrong, its `fault`, what is `wanted` there and `of` what, and how many `more` are wrong. */
  fault: Params;
  /** Every field that is wrong. */
  fields: string[];
}

export type ReadProject = { ok: true; project: Project } | { ok: false; unreadable: UnreadableProject };

/** What the API server stores under a name, parsed. Nothing that it holds is repeated in what is said against it. */
export function readProject(name: string, stored: unknown): ReadProject {
  const parsed = projectResource.safeParse(stored);
  if (parsed.success) return { ok: true, project: parsed.data };
  const { issues } = parsed.error;
  const [first] = issues;
  const fault = { ...(first && faultOf(first, stored)), field: fieldOf(first?.path ?? []), more: issues.length - 1 };
  return { ok: false, unreadable: { name, fault, fields: issues.map(({ path }) => fieldOf(path)) } };
}

/** Kinds of src/words/en/fault.ts. https://zod.dev/error-customization */
function faultOf(issue: z.core.$ZodIssue, stored: unknown): Params {
  if (issue.code === "custom") return { fault: "newer" };
  if (valueAt(stored, issue.path) === undefined) return { fault: "missing" };
  switch (issue.code) {
    case "invalid_value":
      return { fault: "choice", wanted: issue.values.join(", ") };
    case "invalid_type":
      return { fault: "type", wanted: issue.expected };
    case "invalid_format":
      return { fault: issue.format === "datetime" ? "time" : "other" };
    case "too_small":
      return { fault: "least", wanted: Number(issue.minimum), of: issue.origin };
    case "too_big":
      return { fault: "most", wanted: Number(issue.maximum), of: issue.origin };
    default:
      return { fault: "other" };
  }
}

/** `status.deploys[0].state`, as kubectl names fields. */
function fieldOf(path: readonly PropertyKey[]): string {
  return path.reduce<string>((field, key) => {
    if (typeof key === "number") return `${field}[${key}]`;
    const name = String(key);
    if (!/^\w+$/.test(name)) return `${field}["${name}"]`;
    return field === "" ? name : `${field}.${name}`;
  }, "");
}

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (at, key) => (typeof at === "object" && at !== null ? Reflect.get(at, key) : undefined),
    value,
  );
}
