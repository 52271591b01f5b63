import { siteRule } from "../site-rule.ts";

/** Whoever looked does not know the one who issued the certificate: a CA of one's own, or none at all. */
export const tlsUntrusted = siteRule({
  why: "tls-untrusted",
  confirm: { milliseconds: 10_000 },
  params: ({ outcome }) => ({
    own: outcome.state === "tls-failed" && outcome.reason === "self-signed" ? "yes" : "",
    issuer: outcome.state === "tls-failed" ? (outcome.issuer ?? "") : "",
  }),
});
