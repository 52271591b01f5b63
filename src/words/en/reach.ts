import type { Why } from "../../project/why.ts";

/** Why people do not get to an application, in a clause. */
export const reach: Record<Why, string> = {
  "dns-missing": "its name has no DNS record",
  "dns-elsewhere": "its DNS record points elsewhere",
  "port-blocked": "its port is blocked from outside",
  "port-refused": "nothing listens on its port",
  "tls-wrong-cert": "it presents the wrong certificate",
  "tls-expired": "its certificate has expired",
  "tls-untrusted": "its certificate is not trusted",
  "http-404-no-route": "the ingress controller has no route to it",
  "http-502-503-504": "the ingress controller gets no answer from the application",
  "http-no-answer": "it accepts the connection but does not answer",
  "redirect-loop": "it redirects in a loop",
  "cdn-in-front": "the CDN cannot reach the cluster",
  "icp-block": "its cloud blocks the domain, which has no ICP filing",
  "not-reachable-unexplained": "it does not answer",
};
