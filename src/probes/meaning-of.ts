import type { ProbeResult } from "../project/ports/probes.ts";

/** The same as long as a look says the same: no durations, and of bodies nothing that may be another each time. */
export function meaningOf({ outcome, target }: ProbeResult): string {
  switch (outcome.state) {
    case "answered":
      return `answered ${outcome.status} ${outcome.location ?? ""} ${saysMore(outcome.status) ? wordsOf(outcome) : ""}`;
    case "tls-failed":
      return `${target.port} tls-failed ${outcome.reason} ${outcome.subject} ${outcome.issuer}`;
    case "dns-failed":
    case "tcp-unreachable":
      return `${target.port} ${outcome.state} ${outcome.detail}`;
    case "redirect-loop":
      return `redirect-loop ${outcome.status}`;
    case "tcp-timeout":
    case "tcp-refused":
    case "http-timeout":
    case "http-failed":
      return `${target.port} ${outcome.state}`;
    case "unknown":
      return "unknown";
  }
}

/** Where it depends on the words who says it: the application or somebody before it. */
function saysMore(status: number): boolean {
  return status === 403 || status === 404 || (status >= 502 && status <= 504);
}

/** A word with a digit in it may be a time, a request's id, a nonce. */
function wordsOf({ server, headers, body }: Extract<ProbeResult["outcome"], { state: "answered" }>): string {
  const words = body.slice(0, 80).replace(/\S*\d\S*/g, "#");
  return [server, headers?.["content-type"], headers?.["x-powered-by"], words].join(" ");
}
