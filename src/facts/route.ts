import type { Backend, Ingress } from "./ingress.ts";

/** How a host is led to an application. */
export interface Route {
  ingress: Ingress;
  backends: Backend[];
  /** By its own name, by a wildcard, or because any host is. */
  by: "host" | "wildcard" | "any";
  /** The Ingress says that it is to be reached by TLS. */
  tls: boolean;
}

/** The most particular rule that leads `host` somewhere. https://kubernetes.io/docs/concepts/services-networking/ingress/#hostname-wildcards */
export function routeOf(ingresses: readonly Ingress[], host: string): Route | undefined {
  const parent = host.slice(host.indexOf(".") + 1);
  const found = ingresses.flatMap((ingress) =>
    ingress.rules.flatMap(({ host: named, backends }): Route[] => {
      const by =
        named === undefined ? "any" : named === host ? "host" : named === `*.${parent}` ? "wildcard" : undefined;
      return by === undefined ? [] : [{ ingress, backends, by, tls: isEncrypted(ingress, host, parent) }];
    }),
  );
  return found.toSorted((a, b) => ORDER.indexOf(a.by) - ORDER.indexOf(b.by))[0];
}

const ORDER: readonly Route["by"][] = ["host", "wildcard", "any"];

/** Without hosts an entry is for all of them. */
function isEncrypted({ tls }: Ingress, host: string, parent: string): boolean {
  return tls.some(({ hosts }) => hosts.length === 0 || hosts.includes(host) || hosts.includes(`*.${parent}`));
}
