import { siteRule } from "../site-rule.ts";

/** The machine answers that nothing listens there: no ingress controller, or not on this port. */
export const portRefused = siteRule({
  why: "port-refused",
  ofPort: true,
  // An ingress controller that is replaced is away for some seconds.
  confirm: { milliseconds: 10_000 },
  params: ({ target }) => ({ address: target.address ?? target.host }),
});
