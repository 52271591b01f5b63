/** By `ProbeResult.outcome.state`: how far a look came that did not get an answer. */
export const outcomes: Record<string, string> = {
  answered: "it answers",
  "dns-failed": "the name does not resolve",
  "tcp-timeout": "the connection times out",
  "tcp-refused": "the connection is refused",
  "tcp-unreachable": "the network is unreachable",
  "tls-failed": "the TLS handshake fails",
  "http-timeout": "it accepts the connection but does not answer",
  "http-failed": "the connection is cut off, or something other than a web server answers",
  "redirect-loop": "it redirects in a loop",
};
