import type { Certificate } from "../facts/certificate.ts";
import { covers } from "../facts/covers.ts";
import { routeOf } from "../facts/route.ts";
import type { Outcome } from "../project/outcome.ts";
import type { Step } from "./step.ts";
import { unreadable } from "./unreadable.ts";

/** cert-manager makes it of the Ingress; the launch only looks. */
export const certificate: Step = {
  name: "certificate",
  scope: "environment",
  stage: "certificate",
  after: ["ingress"],

  async ensure({ here }) {
    const unused = { state: "skipped", reason: "CertificateUnused" } as const;
    if (!here.ingresses.known) return unreadable(here.ingresses.reason);
    const { host } = here.environment;
    const route = routeOf(here.ingresses.value, host);
    if (!route?.tls) return unused;
    if (!here.certificates.known) return unreadable(here.certificates.reason);
    const found = here.certificates.value.find(({ hosts }) => hosts.some((each) => covers(each, host)));
    // Somebody's own TLS secret: nobody was asked for a certificate, so none is waited for.
    if (!found) return route.ingress.asksForCertificate ? { state: "waiting", reason: "CertificateUnmade" } : unused;
    // Another one that is not ready, of a second host for instance, is as much a part of what people reach.
    const pending = found.ready ? here.certificates.value.find(({ ready }) => !ready) : found;
    if (pending) return waiting(pending);
    const notAfter = found.notAfter?.toISOString().slice(0, 10) ?? "";
    return { state: "done", reason: "CertificateReady", params: { issuer: found.issuer, notAfter } };
  },
};

function waiting({ issuer, challenges }: Certificate): Outcome {
  const [challenge] = challenges.filter(({ state }) => state !== "valid");
  if (!challenge) {
    // A challenge that was met is not the certificate yet: that is still to be issued.
    const [met] = challenges;
    return { state: "waiting", reason: "CertificateOrdered", params: { issuer, ...(met && { type: met.type }) } };
  }
  const { type, host } = challenge;
  return {
    state: "waiting",
    reason: "CertificateChallenged",
    params: { issuer, type, host, state: challenge.state || "pending" },
  };
}
