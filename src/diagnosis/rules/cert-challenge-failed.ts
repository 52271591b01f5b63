import { shorten } from "../../project/shorten.ts";
import type { Found, Rule } from "../rule.ts";

/** States that a challenge does not leave by itself: https://cert-manager.io/docs/reference/api-docs/#acme.cert-manager.io/v1.State */
const OVER: readonly string[] = ["invalid", "expired", "errored"];

/** The issuer could not validate a name, and does not go on trying. */
export const certChallengeFailed: Rule<"cert-challenge-failed"> = {
  code: "cert-challenge-failed",
  scope: "environment",
  severity: "fail",
  stage: "certificate",
  needs: ["certificates"],
  remedies: ["retry"],
  check: ({ here: { certificates, environment } }) =>
    (certificates.known ? certificates.value : []).flatMap(({ issuer, ready, challenges }) =>
      challenges
        .filter(({ state }) => !ready && OVER.includes(state))
        .map(
          ({ host, reason }): Found<"cert-challenge-failed"> => ({
            subject: `Certificate/${environment.namespace}/${host}`,
            evidence: shorten(reason),
            seenFrom: "cluster",
            params: { host, issuer },
          }),
        ),
    ),
};
