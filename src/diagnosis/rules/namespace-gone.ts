import type { Rule } from "../rule.ts";

/** The namespace of what was launched is not there, or on its way out, though nobody asked Slipway for it. It is made whole again. */
export const namespaceGone: Rule<"namespace-gone"> = {
  code: "namespace-gone",
  scope: "environment",
  severity: "fail",
  needs: ["namespace"],
  glance: true,
  explains: [
    "http-404-no-route",
    "http-502-503-504",
    "not-reachable-unexplained",
    "ingress-missing",
    "flux-source-failed",
  ],
  remedies: ["check-again"],
  check({ here: { namespace: read, environment }, project }) {
    const { namespace } = environment;
    const made = project.status.ledger.find(({ kind, name }) => kind === "Namespace" && name === namespace);
    if (made?.state !== "made" || made.id === undefined || !read.known) return [];
    const stands = read.value !== undefined && !read.value.deleting;
    // Made anew, it is empty until Flux has applied everything once more.
    if (stands && read.value?.uid === made.id) return [];
    return [
      {
        subject: `Namespace/${namespace}`,
        evidence: read.value?.deleting ? `Namespace ${namespace}: being removed` : `Namespace ${namespace}: not found`,
        seenFrom: "cluster",
        params: { namespace, environment: environment.name, going: read.value?.deleting ? "yes" : "" },
      },
    ];
  },
};
