/** Headers that tell who answered: the application, the router before it or a CDN. The rest is nobody's business. */
const KEPT = ["content-type", "via", "x-cache", "x-powered-by"];
const CHARACTERS = 200;

/** What is kept of an answer's headers. */
export function keptHeaders(headers: Record<string, string | string[] | undefined>): {
  server?: string;
  headers?: Record<string, string>;
} {
  const textOf = (name: string) => {
    const value = headers[name];
    return value === undefined ? undefined : String(value).slice(0, CHARACTERS);
  };
  const kept = KEPT.flatMap((name) => {
    const value = textOf(name);
    return value === undefined ? [] : [[name, value] as const];
  });
  const server = textOf("server");
  return {
    ...(server === undefined ? {} : { server }),
    ...(kept.length === 0 ? {} : { headers: Object.fromEntries(kept) }),
  };
}
