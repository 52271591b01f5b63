import { siteRule } from "../site-rule.ts";

/**
 * A CDN answers for itself: it does not get from the cluster what it wants.
 * https://developers.cloudflare.com/support/troubleshooting/http-status-codes/cloudflare-5xx-errors/
 */
export const cdnInFront = siteRule({
  why: "cdn-in-front",
  confirm: { milliseconds: 10_000 },
  params: ({ outcome }) => ({
    status: outcome.state === "answered" ? outcome.status : 0,
    server: outcome.state === "answered" ? (outcome.server ?? "") : "",
  }),
});
