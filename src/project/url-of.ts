import type { Settings } from "./settings.ts";

/** Where people reach a host. */
export function urlOf(host: string, tls: boolean, settings: Pick<Settings, "routeScheme" | "routePort">): string {
  const scheme = settings.routeScheme ?? (tls ? "https" : "http");
  return `${scheme}://${host}${settings.routePort === undefined ? "" : `:${settings.routePort}`}`;
}
