import { uncoveredHosts } from "../../facts/uncovered-hosts.ts";
import type { Rule } from "../rule.ts";

/** cert-manager takes up a changed Ingress within seconds, and does the rest when its challenges are met. */
const PATIENCE_MS = 30_000;

/**
 * A host is served from a Secret whose certificate is not for it. Of two Ingresses that name one Secret cert-manager goes by
 * the first, and of one that names it in two entries by none.
 * https://github.com/cert-manager/cert-manager/blob/v1.19.1/pkg/controller/certificate-shim/sync.go
 */
export const certHostMissing: Rule<"cert-host-missing"> = {
  code: "cert-host-missing",
  scope: "environment",
  severity: "warn",
  needs: ["ingresses", "certificates"],
  confirm: { milliseconds: PATIENCE_MS },
  remedies: ["check-again"],
  check: ({ here: { ingresses, certificates, environment } }) =>
    uncoveredHosts(ingresses.known ? ingresses.value : [], certificates.known ? certificates.value : []).map(
      ({ host, ingress, secret, names, why }) => ({
        subject: `Certificate/${environment.namespace}/${host}`,
        evidence:
          names.length === 0 ? `no Certificate for the Secret ${secret}` : `${secret}: ${names.slice(0, 5).join(", ")}`,
        seenFrom: "cluster",
        params: { host, ingress: ingress.name, secret, names: names.slice(0, 5).join(", "), why },
      }),
    ),
};
