import type { TlsTrouble } from "../project/ports/probes.ts";

/**
 * What routers show where they have no certificate for a host.
 * https://github.com/traefik/traefik/blob/master/pkg/tls/generate/generate.go
 * https://kubernetes.github.io/ingress-nginx/user-guide/tls/#default-ssl-certificate
 */
const DEFAULTS = ["TRAEFIK DEFAULT CERT", "Kubernetes Ingress Controller Fake Certificate"];

/**
 * Why a certificate is not accepted, by the reason that is nearest to its cause: whose certificate it is comes before who
 * issued it, since OpenSSL stops at the first thing that it does not like (a router's own is self-signed before anything).
 * `code` is Node's, or OpenSSL's words for it: https://nodejs.org/api/tls.html#x509-certificate-error-codes
 */
export function tlsTrouble(seen: {
  code: string;
  subject?: string;
  fits?: boolean;
  expired?: boolean;
  early?: boolean;
}): TlsTrouble {
  const { code, subject, fits, expired, early } = seen;
  if (subject !== undefined && DEFAULTS.includes(subject)) return "default";
  if (fits === false || /ALTNAME|altnames|HOSTNAME_MISMATCH/.test(code)) return "wrong-host";
  if (expired || /CERT_HAS_EXPIRED|has expired/.test(code)) return "expired";
  if (early || /CERT_NOT_YET_VALID|not yet valid/.test(code)) return "not-yet-valid";
  if (/DEPTH_ZERO_SELF_SIGNED|^self.signed certificate$/.test(code)) return "self-signed";
  // An alert is the other side's, about the connection: `ERR_SSL_SSLV3_ALERT_CERTIFICATE_REQUIRED`.
  if (/ALERT|^ERR_SSL|SSL routines/i.test(code)) return "handshake";
  return /CERT|ISSUER|LEAF|INVALID_CA|PATH_LENGTH|PURPOSE/i.test(code) ? "untrusted" : "handshake";
}
