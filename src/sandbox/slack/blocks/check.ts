import { isFields } from "../is-fields.ts";

/** Gives what is wrong with a value, each in Slack's own words and with its place as a JSON pointer. */
export type Check = (value: unknown, at: string) => string[];

export const problem = (message: string, at: string): string => `${message} [json-pointer:${at}]`;

/** Text of `least` to `most` characters. */
export function text(most: number, least = 1): Check {
  return (value, at) => {
    if (typeof value !== "string") return [problem("must provide a string", at)];
    if (value.length < least) return [problem(`must be more than ${least - 1} characters`, at)];
    return value.length > most ? [problem(`must be less than ${most + 1} characters`, at)] : [];
  };
}

export function oneOf(...values: string[]): Check {
  return (value, at) => (values.includes(String(value)) ? [] : [problem("must be a valid enum value", at)]);
}

export const flag: Check = (value, at) => (typeof value === "boolean" ? [] : [problem("must provide a boolean", at)]);

export function whole(least: number, most: number): Check {
  return (value, at) => {
    if (typeof value !== "number" || !Number.isInteger(value)) return [problem("must provide an integer", at)];
    if (value < least) return [problem(`must be greater than or equal to ${least}`, at)];
    return value > most ? [problem(`must be less than or equal to ${most}`, at)] : [];
  };
}

export const number: Check = (value, at) => (typeof value === "number" ? [] : [problem("must provide a number", at)]);

export function matching(pattern: RegExp, message: string): Check {
  return (value, at) => (typeof value === "string" && pattern.test(value) ? [] : [problem(message, at)]);
}

/** An absolute URL of at most 3,000 characters. */
export const url: Check = (value, at) => {
  const errors = text(3000)(value, at);
  if (errors.length > 0) return errors;
  return URL.canParse(String(value)) ? [] : [problem("must be a valid url", at)];
};

export function list(check: Check, most: number, least = 0): Check {
  return (value, at) => {
    if (!Array.isArray(value)) return [problem("must provide an array", at)];
    if (value.length > most) return [problem(`no more than ${most} items allowed`, at)];
    if (value.length < least) return [problem(`no fewer than ${least} items allowed`, at)];
    return value.flatMap((entry, index) => check(entry, `${at}/${index}`));
  };
}

/** An object with these fields and no others. `type` is checked by whoever chose the check. */
export function object(required: Record<string, Check>, optional: Record<string, Check> = {}): Check {
  return (value, at) => {
    if (!isFields(value)) return [problem("must provide an object", at)];
    const missing = Object.keys(required).filter((key) => value[key] === undefined);
    return [
      ...missing.map((key) => problem(`missing required field: ${key}`, at)),
      ...Object.entries(value).flatMap(([key, entry]) => {
        const check = required[key] ?? optional[key];
        if (check !== undefined) return entry === undefined ? [] : check(entry, `${at}/${key}`);
        return key === "type" || entry === undefined ? [] : [problem(`invalid additional property: ${key}`, at)];
      }),
    ];
  };
}

/** The check for the value's `type`; a type that may not stand here is "unsupported". */
export function byType(checks: Record<string, Check>): Check {
  return (value, at) => {
    if (!isFields(value)) return [problem("must provide an object", at)];
    if (value.type === undefined) return [problem("missing required field: type", at)];
    const check = Object.hasOwn(checks, String(value.type)) ? checks[String(value.type)] : undefined;
    return check === undefined ? [problem(`unsupported type: ${String(value.type)}`, `${at}/type`)] : check(value, at);
  };
}

/** Slack says of a part with alternatives, before the reason, that none of them fits. */
export function schema(check: Check): Check {
  return (value, at) => {
    const errors = check(value, at);
    return errors.length === 0 ? [] : [problem("failed to match all allowed schemas", at), ...errors];
  };
}

export function all(...checks: Check[]): Check {
  return (value, at) => checks.flatMap((check) => check(value, at));
}

/** A rule over several fields of an object. */
export function rule(holds: (fields: Record<string, unknown>) => boolean, message: string, field = ""): Check {
  return (value, at) => (!isFields(value) || holds(value) ? [] : [problem(message, `${at}${field}`)]);
}
