import { recordOf } from "../record-of.ts";
import { siteRule } from "../site-rule.ts";

/** The name leads to an address that is none of the cluster's, and there is no application there. */
export const dnsElsewhere = siteRule({
  why: "dns-elsewhere",
  confirm: { milliseconds: 30_000 },
  params: ({ target }, { here }) => ({ ...recordOf(here.site?.site), found: target.address ?? "" }),
});
