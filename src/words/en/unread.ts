import type { Asked } from "../../project/asked.ts";
import type { UnreadWords } from "../unread-said.ts";

const WHO: Record<Asked, string> = {
  github: "GitHub",
  registry: "the registry",
  cluster: "the cluster",
  slack: "Slack",
};

/** Why nothing could be learned, in a clause that stands behind a colon. */
export const unread: UnreadWords = {
  Said: (p) => p.detail,
  Late: (p) => {
    const silent = p.whom === undefined ? "no answer" : `${WHO[p.whom]} did not answer`;
    return p.of === "pass"
      ? `${silent}, and the ${p.seconds} s for all checks are over`
      : `${silent} within ${p.seconds} s`;
  },
  Malformed: (p) => `${p.kind} ${p.name} cannot be parsed`,
  RegistryUnasked: () => "the registry was not asked",
  GitHubUnasked: () => "GitHub was not asked",
  LineageUnseen: () => "the commits before it were not read",
  RunOver: () => "its run is over",
  FluxTrying: () => "Flux is trying again",
  StepUnreached: () => "the launch has not got that far again",
  CertificateIssuing: () => "its certificate is being issued",
  RouteMissing: () => "there is no Ingress to check",
  LookPending: () => "not checked yet",
  LookAlone: () => "only one check has found it so far",
  LookEmpty: () => "the check had no result",
  LookOld: (p) => `last checked at ${p.at} UTC`,
  ResolverSilent: (p) => `its DNS resolver does not answer for ${p.host}`,
  NetworkMissing: (p) => `it has no route to ${p.to}`,
};
