import { recordOf } from "../record-of.ts";
import { siteRule } from "../site-rule.ts";

/** The name has no address. external-dns looks each minute: https://kubernetes-sigs.github.io/external-dns/latest/docs/faq/ */
export const dnsMissing = siteRule({
  why: "dns-missing",
  confirm: { milliseconds: 30_000 },
  params: (_, { here }) => recordOf(here.site?.site),
});
