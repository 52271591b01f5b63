/** By `ProbeResult.outcome.state`: how far a look came that did not get an answer. */
export const outcomes: Record<string, string> = {
  answered: "it answers",
  "dns-failed": "its name is not found",
  "tcp-timeout": "a connection is never answered",
  "tcp-refused": "the connection is refused",
  "tcp-unreachable": "there is no way there",
  "tls-failed": "the TLS handshake fails",
  "http-timeout": "connected, but no answer to the request",
  "http-failed": "connected, but cut off, or what answers is no web server",
  "redirect-loop": "it redirects in a circle",
};
