import { siteRule } from "../site-rule.ts";

/**
 * From outside, TCP is never answered; from inside it is. A timeout is a firewall's silence: a port that nobody
 * listens on would refuse. The look from inside passes behind the firewall that blocks everyone else.
 */
export const portBlocked = siteRule({
  why: "port-blocked",
  ofPort: true,
  askedFor: true,
  params: ({ target }, { here }) => ({ address: target.address ?? target.host, cloud: here.cloud }),
});
