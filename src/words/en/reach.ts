import type { Why } from "../../project/why.ts";

/** Why people do not get to an application, in a clause. */
export const reach: Record<Why, string> = {
  "dns-missing": "its name has no DNS record",
  "dns-elsewhere": "its DNS record leads elsewhere",
  "port-blocked": "its port is blocked from outside",
  "port-refused": "nothing listens on its port",
  "tls-wrong-cert": "another certificate is shown",
  "tls-expired": "its certificate has expired",
  "tls-untrusted": "its certificate is not trusted",
  "http-404-no-route": "the ingress controller knows no route to it",
  "http-502-503-504": "the ingress controller gets no answer from the application",
  "http-no-answer": "the connection is accepted, but no answer comes",
  "redirect-loop": "it redirects in a circle",
  "cdn-in-front": "the CDN does not reach the cluster",
  "icp-block": "its cloud blocks the domain for want of an ICP filing",
  "not-reachable-unexplained": "no answer comes",
};
