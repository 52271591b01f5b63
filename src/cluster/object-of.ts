/**
 * All that an API server says is an object. Undefined: this is none, or not all of one. What the parser says of it would
 * show pieces of it, and may be a secret's.
 */
export function objectOf(text: string): object | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  return typeof value === "object" && value !== null && !Array.isArray(value) ? value : undefined;
}
