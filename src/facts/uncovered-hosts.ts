import type { Certificate } from "./certificate.ts";
import { covers } from "./covers.ts";
import type { Ingress } from "./ingress.ts";

export interface UncoveredHost {
  host: string;
  ingress: Ingress;
  secret: string;
  /** What the certificate in that Secret is for; none where no certificate is asked for because of the Ingress itself. */
  names: string[];
  /** `shared`: another Ingress has the Certificate; `twice`: the Ingress names the Secret in two entries; else empty. */
  why: "shared" | "twice" | "";
}

/**
 * Hosts that an Ingress has served by TLS from a Secret whose certificate is not for them. Of a Secret that no Certificate
 * fills (somebody's own, which is not read) nothing is said, nor of a host that any other certificate here is for: Traefik
 * shows whichever fits. https://doc.traefik.io/traefik/reference/routing-configuration/http/tls/tls-certificates/
 */
export function uncoveredHosts(
  ingresses: readonly Ingress[],
  certificates: readonly Certificate[],
): readonly UncoveredHost[] {
  const used = certificates.filter(({ secretName }) =>
    ingresses.some(({ tls }) => tls.some((entry) => entry.secretName === secretName)),
  );
  return ingresses.flatMap((ingress) => {
    const seen = new Set<string>();
    return ingress.tls.flatMap(({ hosts, secretName }) => {
      const filling = used.find((each) => each.secretName === secretName);
      const twice =
        ingress.asksForCertificate && ingress.tls.filter((each) => each.secretName === secretName).length > 1;
      if (secretName === undefined || (!filling && !twice)) return [];
      return hosts.flatMap((host): UncoveredHost[] => {
        if (seen.has(host) || used.some((each) => each.hosts.some((name) => covers(name, host)))) return [];
        seen.add(host);
        const shared = filling?.owner !== undefined && filling.owner.uid !== ingress.uid;
        const why = twice ? "twice" : shared ? "shared" : "";
        return [{ host, ingress, secret: secretName, names: filling?.hosts ?? [], why }];
      });
    });
  });
}
