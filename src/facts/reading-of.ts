import type { ProbeResult, TlsTrouble } from "../project/ports/probes.ts";
import type { SiteSeen } from "../project/ports/sites.ts";
import type { Unread } from "../project/unread.ts";
import type { Why } from "../project/why.ts";
import { isElsewhere } from "./is-elsewhere.ts";
import { saidByGateway, saidByRouter } from "./said-by.ts";

/** How far one look came, and what that means by itself. */
export type Reading =
  | { kind: "served"; status: number }
  | { kind: "trouble"; why: Why }
  /** TCP was never answered: by itself that tells neither a firewall nor a machine that is down. */
  | { kind: "silent" }
  /** Nothing was learned. */
  | { kind: "mute"; reason: Unread };

const served = (status: number): Reading => ({ kind: "served", status });
const trouble = (why: Why): Reading => ({ kind: "trouble", why });

/** What one look means. Whoever looks from outside goes where DNS leads, which may be elsewhere. */
export function readingOf(look: ProbeResult, seen: Pick<SiteSeen, "site" | "control">): Reading {
  const reading = plainly(look, seen);
  const lost = reading.kind === "silent" || (reading.kind === "trouble" && ASTRAY.includes(reading.why));
  return lost && isElsewhere(look, seen.site) ? trouble("dns-elsewhere") : reading;
}

/** What somebody else's machine may do with a name that it does not know. */
const ASTRAY: readonly Why[] = [
  "port-refused",
  "tls-wrong-cert",
  "tls-expired",
  "tls-untrusted",
  "http-404-no-route",
  "not-reachable-unexplained",
];

function plainly({ outcome, target }: ProbeResult, { control, site }: Pick<SiteSeen, "site" | "control">): Reading {
  switch (outcome.state) {
    case "unknown":
      return { kind: "mute", reason: outcome.detail };
    case "dns-failed":
      // A resolver that does not answer knows nothing of the name: https://man7.org/linux/man-pages/man3/gai_strerror.3.html
      return /EAI_AGAIN|ESERVFAIL|ETIMEOUT|in time/.test(outcome.detail)
        ? { kind: "mute", reason: { because: "ResolverSilent", host: target.host } }
        : trouble("dns-missing");
    case "tcp-timeout":
      return { kind: "silent" };
    case "tcp-refused":
      return trouble("port-refused");
    case "tcp-unreachable":
      // It has no such network itself, for instance no IPv6.
      return /ENETUNREACH|EADDRNOTAVAIL|EAFNOSUPPORT/.test(outcome.detail)
        ? { kind: "mute", reason: { because: "NetworkMissing", to: target.address ?? target.host } }
        : trouble("not-reachable-unexplained");
    case "tls-failed":
      return trouble(TLS[outcome.reason]);
    case "http-timeout":
      return trouble("http-no-answer");
    case "http-failed":
      return trouble("not-reachable-unexplained");
    case "redirect-loop":
      return trouble("redirect-loop");
    case "answered":
      return answered(outcome, target, control, site.anyHost ?? false);
  }
}

const TLS: Record<TlsTrouble, Why> = {
  default: "tls-wrong-cert",
  "wrong-host": "tls-wrong-cert",
  expired: "tls-expired",
  "not-yet-valid": "tls-expired",
  "self-signed": "tls-untrusted",
  untrusted: "tls-untrusted",
  handshake: "not-reachable-unexplained",
};

type Answered = Extract<ProbeResult["outcome"], { state: "answered" }>;

function answered(
  outcome: Answered,
  target: ProbeResult["target"],
  control: ProbeResult | undefined,
  anyHost: boolean,
) {
  const { status } = outcome;
  if (isIcpBlock(outcome)) return trouble("icp-block");
  // https://developers.cloudflare.com/support/troubleshooting/http-status-codes/cloudflare-5xx-errors/
  if (status >= 520 && status <= 530) return trouble("cdn-in-front");
  if (status >= 502 && status <= 504) return saidByGateway(outcome) ? trouble("http-502-503-504") : served(status);
  if (status === 404 && !anyHost)
    return saidByRouter(outcome, target, control) ? trouble("http-404-no-route") : served(status);
  return served(status);
}

/**
 * Clouds of mainland China answer in place of a site whose domain has no ICP filing: Tencent Cloud sends to a page of
 * DNSPod's, Alibaba Cloud answers 403 by its own server. https://www.alibabacloud.com/help/en/icp-filing
 */
function isIcpBlock({ status, server, body, location }: Answered): boolean {
  if (location?.startsWith("https://dnspod.qcloud.com/static/webblock.html")) return true;
  return status === 403 && (server === "Beaver" || body.includes("Non-compliance ICP Filing"));
}
