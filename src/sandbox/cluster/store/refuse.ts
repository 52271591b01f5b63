import { ApiStatusError } from "../status-error.ts";
import type { Kind } from "./kind.ts";

/** What is wrong with one field: `reason` as in `details.causes`, `message` as the server words it after the field's path. */
export interface FieldFault {
  reason: string;
  field: string;
  message: string;
}

type Named = Pick<Kind, "group" | "kind" | "plural">;

function qualified(group: string, name: string): string {
  return group === "" ? name : `${name}.${group}`;
}

/**
 * The server's own words for each way in which it refuses.
 * https://github.com/kubernetes/apimachinery/blob/master/pkg/api/errors/errors.go
 */
export const refuse = {
  badRequest: (message: string) => new ApiStatusError({ message, reason: "BadRequest", code: 400 }),

  unauthorized: () => new ApiStatusError({ message: "Unauthorized", reason: "Unauthorized", code: 401 }),

  forbidden: (kind: Named, name: string, why: string) =>
    new ApiStatusError({
      message: `${qualified(kind.group, kind.plural)}${name === "" ? " is" : ` ${JSON.stringify(name)} is`} forbidden: ${why}`,
      reason: "Forbidden",
      details: detail(kind, name),
      code: 403,
    }),

  notServed: () =>
    new ApiStatusError({
      message: "the server could not find the requested resource",
      reason: "NotFound",
      details: {},
      code: 404,
    }),

  notFound: (kind: Named, name: string) =>
    new ApiStatusError({
      message: `${qualified(kind.group, kind.plural)} ${JSON.stringify(name)} not found`,
      reason: "NotFound",
      details: detail(kind, name),
      code: 404,
    }),

  methodNotAllowed: () =>
    new ApiStatusError({
      message: "the server does not allow this method on the requested resource",
      reason: "MethodNotAllowed",
      details: {},
      code: 405,
    }),

  alreadyExists: (kind: Named, name: string) =>
    new ApiStatusError({
      message: `${qualified(kind.group, kind.plural)} ${JSON.stringify(name)} already exists`,
      reason: "AlreadyExists",
      details: detail(kind, name),
      code: 409,
    }),

  conflict: (kind: Named, name: string, why: string) =>
    new ApiStatusError({
      message: `Operation cannot be fulfilled on ${qualified(kind.group, kind.plural)} ${JSON.stringify(name)}: ${why}`,
      reason: "Conflict",
      details: detail(kind, name),
      code: 409,
    }),

  /** A deletion meant for another object of this name, or for another state of it. */
  precondition: (
    kind: Named,
    name: string,
    what: "UID" | "ResourceVersion",
    given: string,
    actual: string | undefined,
  ) =>
    refuse.conflict(
      { ...kind, group: "", plural: kind.kind },
      name,
      `the ${what} in the precondition (${given}) does not match the ${what} in record (${actual}). The object might have been ${what === "UID" ? "deleted and then recreated" : "modified"}`,
    ),

  modified: (kind: Named, name: string) =>
    refuse.conflict(
      kind,
      name,
      "the object has been modified; please apply your changes to the latest version and try again",
    ),

  applyConflict: (message: string, causes: { message: string; field: string }[]) =>
    new ApiStatusError({
      message,
      reason: "Conflict",
      details: { causes: causes.map((cause) => ({ reason: "FieldManagerConflict", ...cause })) },
      code: 409,
    }),

  expired: (message: string, next?: string) =>
    new ApiStatusError({ message, reason: "Expired", code: 410, ...(next === undefined ? {} : { continue: next }) }),

  unsupportedMediaType: (message: string) =>
    new ApiStatusError({ message, reason: "UnsupportedMediaType", details: {}, code: 415 }),

  invalid: (kind: Pick<Kind, "group" | "kind">, name: string, faults: FieldFault[]) => {
    const told = faults.map((fault) => `${fault.field}: ${fault.message}`);
    const all = told.length === 1 ? told[0] : `[${told.join(", ")}]`;
    return new ApiStatusError({
      message: `${qualified(kind.group, kind.kind)} ${JSON.stringify(name)} is invalid: ${all}`,
      reason: "Invalid",
      details: {
        name,
        ...(kind.group === "" ? {} : { group: kind.group }),
        kind: kind.kind,
        causes: faults.map(({ reason, message, field }) => ({ reason, message, field })),
      },
      code: 422,
    });
  },

  tooLarge: (limit: number) =>
    new ApiStatusError({
      message: `Request entity too large: limit is ${limit}`,
      reason: "RequestEntityTooLarge",
      code: 413,
    }),

  internal: (message: string) =>
    new ApiStatusError({ message, reason: "InternalError", details: { causes: [{ reason: "", message }] }, code: 500 }),

  /** Not Kubernetes' word: what the sandbox answers where it knows that the real server would do something that it cannot. */
  notEmulated: (what: string) =>
    new ApiStatusError({
      message: `the sandbox's API server does not emulate ${what}`,
      reason: "NotImplemented",
      code: 501,
    }),
};

function detail(kind: Named, name: string) {
  return {
    ...(name === "" ? {} : { name }),
    ...(kind.group === "" ? {} : { group: kind.group }),
    kind: kind.plural,
  };
}
