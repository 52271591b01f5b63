/** One field of an object, as `kubectl -o jsonpath` shows it; undefined where any part of the way is not there. */
export function fieldOf(value: unknown, ...path: (string | number)[]): unknown {
  const [first, ...rest] = path;
  if (first === undefined) return value;
  if (typeof value !== "object" || value === null) return undefined;
  return fieldOf(Reflect.get(value, first), ...rest);
}
