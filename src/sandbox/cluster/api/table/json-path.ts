import { isObject } from "../../store/is-object.ts";

const STEP =
  /\.((?:\\.|[^.[\]\\])+)|\[(\d+|\*)\]|\['((?:[^'\\]|\\.)*)'\]|\[\?\(@\.([^=!]+?)\s*==\s*["']([^"']*)["']\)\]/gy;

/** The first value at a printer column's path: names, indexes and filters such as `.conditions[?(@.type=="Ready")].status`. */
export function jsonPath(object: unknown, path: string): unknown {
  let values: unknown[] = [object];
  STEP.lastIndex = 0;
  const text = path.startsWith(".") || path.startsWith("[") ? path : `.${path}`;
  for (const [, name, index, quoted, field, wanted] of text.matchAll(STEP)) {
    values = values.flatMap((value) => {
      if (field !== undefined) {
        return (Array.isArray(value) ? value : []).filter((item) => String(jsonPath(item, field)) === wanted);
      }
      if (index === "*") return Array.isArray(value) ? value : [];
      if (index !== undefined) return Array.isArray(value) ? value.slice(Number(index), Number(index) + 1) : [];
      const key = (name ?? quoted ?? "").replaceAll(/\\(.)/g, "$1");
      return isObject(value) && value[key] !== undefined ? [value[key]] : [];
    });
  }
  return values[0];
}
