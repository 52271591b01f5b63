import type { Backend, Ingress } from "./ingress.ts";

/** How a host is led to an application. */
export interface Route {
  ingress: Ingress;
  /** Of `/`, where a path leads there; else of all paths. */
  backends: Backend[];
  /** By its own name, by a wildcard, or because any host is. */
  by: "host" | "wildcard" | "any";
  /** The Ingress says that it is to be reached by TLS. */
  tls: boolean;
}

const ORDER: readonly Route["by"][] = ["host", "wildcard", "any"];

/**
 * All that lead `host` somewhere, the most particular first; those that nobody serves, which may be of another class, only
 * where nobody serves any. Of Traefik's routers the one that is written longest comes first: since 3.7 that is as here, before
 * it a wildcard's is longer than most names. https://doc.traefik.io/traefik/migrate/v3/#wildcard-host-and-hostsni
 */
export function routesOf(ingresses: readonly Ingress[], host: string): Route[] {
  // Names are the same in capitals: https://datatracker.ietf.org/doc/html/rfc4343
  const name = host.toLowerCase();
  const parent = name.slice(name.indexOf(".") + 1);
  const found = ingresses.flatMap((ingress) =>
    ingress.rules.flatMap(({ host: written, backends }): Route[] => {
      const named = written?.toLowerCase();
      const by =
        named === undefined ? "any" : named === name ? "host" : named === `*.${parent}` ? "wildcard" : undefined;
      if (by === undefined) return [];
      const roots = backends.filter(({ root }) => root);
      return [{ ingress, backends: roots.length > 0 ? roots : backends, by, tls: isEncrypted(ingress, name, parent) }];
    }),
  );
  const served = found.filter(({ ingress }) => ingress.addresses.length > 0);
  return (served.length > 0 ? served : found).toSorted((a, b) => ORDER.indexOf(a.by) - ORDER.indexOf(b.by));
}

/** Without hosts an entry is for all of them. */
function isEncrypted({ tls }: Ingress, host: string, parent: string): boolean {
  return tls.some(({ hosts }) => {
    const names = hosts.map((each) => each.toLowerCase());
    return names.length === 0 || names.includes(host) || names.includes(`*.${parent}`);
  });
}
