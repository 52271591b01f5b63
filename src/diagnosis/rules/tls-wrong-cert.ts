import { siteRule } from "../site-rule.ts";

/** The certificate that is shown is another's: the router's own, where it has none for the host. */
export const tlsWrongCert = siteRule({
  why: "tls-wrong-cert",
  // Traefik takes up a new one about two seconds after it is ready.
  confirm: { milliseconds: 15_000 },
  waits: ({ here: { certificates } }) =>
    certificates.known && certificates.value.some(({ ready }) => !ready)
      ? { because: "CertificateIssuing" }
      : undefined,
  params: ({ outcome }, { here }) => ({
    own: outcome.state === "tls-failed" && outcome.reason === "default" ? "yes" : "",
    subject: outcome.state === "tls-failed" ? (outcome.subject ?? "") : "",
    namespace: here.environment.namespace,
  }),
});
