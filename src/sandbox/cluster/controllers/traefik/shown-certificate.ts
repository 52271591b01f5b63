import type { ClusterStore } from "../../create-store.ts";
import { parseIngress } from "../network/ingress.ts";
import { secretData } from "../runtime/secret-data.ts";
import { mayReadIngresses } from "./may-read-ingresses.ts";
import { servedIngresses } from "./served-ingresses.ts";

/**
 * The certificate of an Ingress's Secret that is for `host`; undefined: Traefik shows its own.
 * https://doc.traefik.io/traefik/v3.5/reference/routing-configuration/http/tls/tls-certificates/
 */
export function shownCertificate(store: ClusterStore, host: string): { certificate: string; key: string } | undefined {
  if (!mayReadIngresses(store)) {
    return undefined;
  }
  for (const ingress of servedIngresses(store)) {
    for (const { hosts, secretName } of parseIngress(ingress).spec.tls) {
      const { namespace } = ingress.metadata;
      const secret =
        secretName !== undefined && hosts.includes(host)
          ? store.get({ apiVersion: "v1", kind: "Secret", namespace, name: secretName })
          : undefined;
      const { "tls.crt": certificate, "tls.key": key } = secret ? secretData(secret) : {};
      if (certificate && key) {
        return { certificate, key };
      }
    }
  }
  return undefined;
}
