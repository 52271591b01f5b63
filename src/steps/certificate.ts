import { z } from "zod";
import { conditionOf } from "../project/condition-of.ts";
import { ingressOf } from "../project/ingress-of.ts";
import type { EnvironmentSnapshot } from "../project/snapshot.ts";
import type { Step } from "./step.ts";

const certificateFacts = z.object({
  metadata: z.object({ name: z.string() }),
  spec: z.object({ issuerRef: z.object({ name: z.string() }), dnsNames: z.array(z.string()).default([]) }),
  status: z.object({ notAfter: z.string().optional() }).prefault({}),
});

/** https://cert-manager.io/docs/reference/api-docs/#acme.cert-manager.io/v1.ChallengeStatus */
const challengeFacts = z.object({
  spec: z.object({ type: z.string().default("HTTP-01"), dnsName: z.string().default("") }),
  status: z.object({ state: z.string().default("pending"), reason: z.string().default("") }).prefault({}),
});

/** cert-manager makes it of the Ingress; the launch only looks. */
export const certificate: Step = {
  name: "certificate",
  stage: "certificate",
  after: ["ingress"],

  async ensure({ snapshot }) {
    let last: { issuer: string; notAfter: string } | undefined;
    for (const at of snapshot.environments) {
      if ((ingressOf(at.ingresses, at.environment.host)?.spec.tls.length ?? 0) === 0) continue;
      if (!at.certificates.known)
        return { state: "waiting", reason: "Unreadable", params: { detail: at.certificates.reason } };
      const object = at.certificates.value.find((each) =>
        certificateFacts.safeParse(each).data?.spec.dnsNames.includes(at.environment.host),
      );
      const facts = certificateFacts.safeParse(object).data;
      // Somebody's own TLS secret: nobody was asked for a certificate, so none is waited for.
      if (!object && !isIssued(at)) continue;
      if (!object || !facts) return { state: "waiting", reason: "CertificateUnmade" };
      const issuer = facts.spec.issuerRef.name;
      if (conditionOf(object, "Ready")?.status !== "True") return pending(at, issuer);
      last = { issuer, notAfter: facts.status.notAfter?.slice(0, 10) ?? "" };
    }
    return last
      ? { state: "done", reason: "CertificateReady", params: last }
      : { state: "skipped", reason: "CertificateUnused" };
  },
};

const asksForOne = z.object({ metadata: z.object({ annotations: z.record(z.string(), z.string()) }) });

/** https://cert-manager.io/docs/usage/ingress/#supported-annotations */
function isIssued(at: EnvironmentSnapshot): boolean {
  const name = ingressOf(at.ingresses, at.environment.host)?.metadata.name;
  const object = at.ingresses.known ? at.ingresses.value.find(({ metadata }) => metadata.name === name) : undefined;
  const annotations = asksForOne.safeParse(object).data?.metadata.annotations ?? {};
  return ["cert-manager.io/cluster-issuer", "cert-manager.io/issuer", "kubernetes.io/tls-acme"].some(
    (each) => each in annotations,
  );
}

function pending(at: EnvironmentSnapshot, issuer: string) {
  const challenges = at.challenges.known
    ? at.challenges.value
        .flatMap((each) => challengeFacts.safeParse(each).data ?? [])
        .filter(({ spec }) => spec.dnsName === at.environment.host)
    : [];
  const failed = challenges.find(({ status }) => ["invalid", "expired", "errored"].includes(status.state));
  if (failed)
    return {
      state: "stalled" as const,
      finding: {
        code: "cert-challenge-failed",
        severity: "fail" as const,
        subject: `Certificate/${at.environment.namespace}/${at.environment.host}`,
        evidence: failed.status.reason.slice(0, 300),
        seenFrom: "cluster",
        params: { host: at.environment.host, issuer },
        remedies: ["retry"],
      },
    };
  const [challenge] = challenges;
  const state = challenge ? stateOf(challenge) : "order in progress";
  return { state: "waiting" as const, reason: "CertificatePending", params: { issuer, state } };
}

/** A challenge that was met is not the certificate yet: that is still to be issued. */
function stateOf({ spec, status }: z.output<typeof challengeFacts>): string {
  return status.state === "valid"
    ? `${spec.type} challenge passed, being issued`
    : `${spec.type} challenge ${status.state || "pending"}`;
}
