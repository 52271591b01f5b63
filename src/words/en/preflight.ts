import { unreadSaid } from "../unread-said.ts";
import type { Words } from "../words.ts";
import { unread } from "./unread.ts";

/** Several environments have several, as `shop, shop-staging`. */
const isOne = (names: string | number | undefined) => !String(names).includes(",");

/** One line each of what was looked at before anything is made; what fails is said as the finding it would become. */
export const preflight: Words["preflight"] = {
  NotLookedAt: (p) => `${p.check}: not checked (${unreadSaid(p, unread)})`,
  NameGood: (p) => `the name ${p.name} is valid`,
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
