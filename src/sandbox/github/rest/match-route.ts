import type { Route } from "./route.ts";

/** These take the rest of the path, slashes included. */
const GREEDY = new Set(["path", "ref", "basehead", "branch"]);

export interface Match {
  route: Route;
  params: Record<string, string>;
}

/** Compiles the routes once; the given function finds the one for a method and path, or the methods that the path has. */
export function createMatcher(routes: readonly Route[]): (method: string, path: string) => Match | null {
  const compiled = routes
    .map((route) => ({ route, ...compile(route.path) }))
    // Longer literal text first: `/pulls/comments` before `/pulls/{number}`.
    .sort((a, b) => b.weight - a.weight);
  return (method, path) => {
    for (const { route, pattern, names } of compiled) {
      if (route.method !== method) continue;
      const found = pattern.exec(path);
      if (!found) continue;
      const params = Object.fromEntries(names.map((name, index) => [name, decode(found[index + 1] ?? "")]));
      return { route, params };
    }
    return null;
  };
}

function compile(template: string): { pattern: RegExp; names: string[]; weight: number } {
  const names: string[] = [];
  const source = template.replace(/\/\{(\w+)\}/g, (_, name: string) => {
    names.push(name);
    // The root of a repository's contents is an empty path.
    return GREEDY.has(name) ? (name === "path" ? "(?:/(.*?))?" : "/(.+?)") : "/([^/]+)";
  });
  return { pattern: new RegExp(`^${source}/?$`), names, weight: template.replace(/\{\w+\}/g, "").length };
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
