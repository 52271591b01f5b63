import type { Sentence } from "../words.ts";
import { findings } from "./findings/index.ts";

/** What fails is said as the finding it would become. */
const failures = Object.fromEntries(Object.entries(findings).map(([code, { cause }]) => [code, cause]));

/** Several environments have several, as `shop, shop-staging`. */
const isOne = (names: string | number | undefined) => !String(names).includes(",");

/** One line each of what was looked at before anything is made. */
export const preflight: Record<string, Sentence> = {
  ...failures,
  NotLookedAt: (p) => `${p.check}: could not be checked (${p.detail})`,
  NameGood: (p) => `the name ${p.name} can be used`,
  TemplateKnown: (p) => `template ${p.template}`,
  RepositoryFree: (p) => `${p.repository} is free on GitHub`,
  NamespaceFree: (p) =>
    isOne(p.namespace) ? `namespace ${p.namespace} is free` : `namespaces ${p.namespace} are free`,
  HostFree: (p) => `${p.host} ${isOne(p.host) ? "is" : "are"} free`,
  FluxPresent: () => "Flux is installed",
  IngressClassPresent: (p) => `ingress class ${p.class}`,
  IssuerPresent: (p) => `certificates from ${p.issuer}`,
  IssuerUnused: () => "no certificate issuer: plain HTTP",
  RolePresent: () => "the ClusterRole for projects exists",
};
