import { siteRule } from "../site-rule.ts";

/** The certificate's time is over, or has not come. */
export const tlsExpired = siteRule({
  why: "tls-expired",
  params: ({ outcome }, { here }) => ({
    early: outcome.state === "tls-failed" && outcome.reason === "not-yet-valid" ? "yes" : "",
    until: (outcome.state === "tls-failed" && outcome.notAfter?.toISOString().slice(0, 10)) || "",
    issuer: outcome.state === "tls-failed" ? (outcome.issuer ?? "") : "",
    namespace: here.environment.namespace,
  }),
});
