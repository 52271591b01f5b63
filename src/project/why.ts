/** Why people do not get to an application. Each is a finding's code. */
export type Why =
  | "dns-missing"
  | "dns-elsewhere"
  | "port-blocked"
  | "port-refused"
  | "tls-wrong-cert"
  | "tls-expired"
  | "tls-untrusted"
  | "http-404-no-route"
  | "http-502-503-504"
  | "http-no-answer"
  | "redirect-loop"
  | "cdn-in-front"
  | "icp-block"
  | "not-reachable-unexplained";
