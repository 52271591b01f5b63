import { isObject } from "../is-object.ts";

/** A path as the server prints it: `.spec.containers[name="x"].image`. */
export function pathText(path: readonly string[]): string {
  return path.map(elementText).join("");
}

function elementText(element: string): string {
  const content = element.slice(2);
  if (element.startsWith("f:")) return `.${content}`;
  const parsed: unknown = JSON.parse(content);
  if (element.startsWith("v:") || !isObject(parsed)) return `[=${JSON.stringify(parsed)}]`;
  const keys = Object.entries(parsed).map(([key, value]) => `${key}=${JSON.stringify(value)}`);
  return `[${keys.join(",")}]`;
}
