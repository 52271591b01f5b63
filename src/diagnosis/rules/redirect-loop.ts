import { siteRule } from "../site-rule.ts";

/** Redirects without an end: mostly two that both send to HTTPS, of whom one speaks HTTP to the other. */
export const redirectLoop = siteRule({
  why: "redirect-loop",
  params: ({ outcome }) => ({ hops: outcome.state === "redirect-loop" ? outcome.hops.join(" → ") : "" }),
});
