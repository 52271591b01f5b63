import { siteRule } from "../site-rule.ts";

/** A cloud of mainland China answers in the site's place, since the domain has no ICP filing with it. */
export const icpBlock = siteRule({
  why: "icp-block",
  params: (_, { here }) => ({ cloud: here.cloud }),
});
