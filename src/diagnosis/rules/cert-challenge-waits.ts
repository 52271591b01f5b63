import type { Found, Rule } from "../rule.ts";

/** cert-manager looks again each ten seconds; its first tries come before a route is taken up. */
const PATIENCE_MS = 45_000;

/** cert-manager's own check of a name does not pass, so that the issuer is not even asked. */
export const certChallengeWaits: Rule<"cert-challenge-waits"> = {
  code: "cert-challenge-waits",
  scope: "environment",
  severity: "warn",
  needs: ["certificates"],
  confirm: { milliseconds: PATIENCE_MS },
  remedies: ["check-again"],
  check: ({ here: { certificates, environment } }) =>
    (certificates.known ? certificates.value : []).flatMap(({ issuer, ready, challenges }) =>
      challenges
        .filter(({ state, reason }) => !ready && state === "pending" && reason !== "")
        .map(
          ({ host, reason }): Found<"cert-challenge-waits"> => ({
            subject: `Certificate/${environment.namespace}/${host}`,
            evidence: reason.slice(-300),
            seenFrom: "cluster",
            params: { host, issuer },
          }),
        ),
    ),
};
