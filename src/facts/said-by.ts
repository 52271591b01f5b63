import type { ProbeResult } from "../project/ports/probes.ts";

type Answered = Extract<ProbeResult["outcome"], { state: "answered" }>;

/**
 * Whether a 404 is the router's: then a random host at the same address gets the same. Where nobody could ask that, by the
 * words of Traefik, which are Go's own: https://pkg.go.dev/net/http#NotFound
 */
export function saidByRouter(
  answer: Answered,
  target: ProbeResult["target"],
  control: ProbeResult | undefined,
): boolean {
  const asked = control && control.target.port === target.port && control.target.address === target.address;
  if (!asked || control.outcome.state !== "answered") return answer.body.startsWith("404 page not found");
  return isSame(answer, target.host, control.outcome, control.target.host);
}

/** But for the name that was asked for, which an error page may repeat. */
function isSame(one: Answered, host: string, other: Answered, otherHost: string): boolean {
  return (
    one.status === other.status &&
    one.server === other.server &&
    one.headers?.["content-type"] === other.headers?.["content-type"] &&
    one.body.replaceAll(host, "HOST") === other.body.replaceAll(otherHost, "HOST")
  );
}

/** Those who answer for others; nginx may be the application itself. */
const GATEWAYS =
  /cloudflare|cloudfront|akamai|awselb|envoy|istio|kong|gws|google|azure|fastly|varnish|tengine|haproxy/i;

/**
 * Whether a 502, 503 or 504 is of somebody in between, which is taken for granted unless the answer shows the application:
 * a framework's header, JSON, or a page that is not headed by the number, as those of gateways are.
 * Traefik's are its status text alone: https://github.com/traefik/traefik/blob/master/pkg/proxy/httputil/proxy.go
 */
export function saidByGateway({ status, server, headers = {}, body }: Answered): boolean {
  if (headers["x-powered-by"] !== undefined) return false;
  if (server !== undefined && GATEWAYS.test(server)) return true;
  const type = headers["content-type"] ?? "";
  if (/json/.test(type)) return false;
  return !/html/.test(type) || body.trim() === "" || new RegExp(`<(title|h1)[^>]*>[^<]*${status}`, "i").test(body);
}
