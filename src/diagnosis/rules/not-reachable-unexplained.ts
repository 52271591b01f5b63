import { siteRule } from "../site-rule.ts";

/** It is not reached, and no other rule says why: how far a look comes is told. */
export const notReachableUnexplained = siteRule({
  why: "not-reachable-unexplained",
  confirm: { milliseconds: 20_000 },
  params: ({ outcome, target }) => ({
    outcome: outcome.state,
    address: target.address ?? target.host,
  }),
});
