import type { ProbeResult, ProbeTarget } from "../project/ports/probes.ts";
import { createDeadline } from "./deadline.ts";
import { plainUrl } from "./plain-url.ts";
import { type Prober, reach } from "./reach.ts";

const DEFAULT_TIMEOUT_MS = 10_000;
/** As browsers do it: https://fetch.spec.whatwg.org/#http-redirect-fetch */
const MOST_REDIRECTS = 20;
const SHOWN_HOPS = 4;

/**
 * One look at a URL, along its redirects on the same host, so that a loop is told from a page. Cookies are kept on the way:
 * without them an application that sets one and sends back to the same page would seem to be a loop. Another host is not
 * gone to, but for the one with or without `www.`, where nothing but a loop is of interest.
 */
export async function probe(target: ProbeTarget, prober: Prober): Promise<ProbeResult> {
  const begun = new URL(target.url);
  const deadline = createDeadline(target.timeoutMs ?? DEFAULT_TIMEOUT_MS);
  const cookies = new Map<string, string>();
  const been = new Set<string>();
  const hops: string[] = [];
  let { address } = target;

  async function ask(url: URL) {
    const at = url.hostname === begun.hostname && address !== undefined ? { address } : {};
    const asked = { url, cookie: jarOf(cookies), anyCertificate: target.anyCertificate ?? false, ...at };
    const { result, location, cookies: set } = await reach(asked, prober, deadline);
    const next = location === undefined ? null : URL.parse(location, url.href);
    hops.push(plainUrl(url));
    been.add(`${url.href} ${jarOf(cookies)}`);
    for (const each of set) {
      const [name = "", ...value] = each.split("=");
      cookies.set(name, value.join("="));
    }
    // A fragment is never sent: https://www.rfc-editor.org/rfc/rfc9110#section-7.1
    if (next) next.hash = "";
    return { result, next: next && /^https?:$/.test(next.protocol) ? next : undefined };
  }

  function follows(next: URL): boolean {
    const port = portOf(next);
    // Another port of a given address need not be the one that people get to under that number.
    const usual = port === portOf(begun) || port === 80 || port === 443;
    return bare(next.hostname) === bare(begun.hostname) && usual && prober.allows?.(port) !== false;
  }

  let { result, next } = await ask(begun);
  let shown = next ? withLocation(result, next) : result;
  address ??= result.target.address;
  while (next && follows(next)) {
    const { outcome } = result;
    const loops = been.has(`${next.href} ${jarOf(cookies)}`) || hops.length > MOST_REDIRECTS;
    if (loops && outcome.state === "answered") {
      const last = [...hops, plainUrl(next)].slice(-SHOWN_HOPS);
      return { ...shown, at: result.at, outcome: { state: "redirect-loop", status: outcome.status, hops: last } };
    }
    const { hostname }: URL = next;
    ({ result, next } = await ask(next));
    if (hostname === begun.hostname) shown = next ? withLocation(result, next) : result;
  }
  return shown;
}

function withLocation(result: ProbeResult, next: URL): ProbeResult {
  const { outcome } = result;
  return outcome.state === "answered" ? { ...result, outcome: { ...outcome, location: plainUrl(next) } } : result;
}

function jarOf(cookies: Map<string, string>): string {
  return [...cookies].map(([name, value]) => `${name}=${value}`).join("; ");
}

function bare(hostname: string): string {
  return hostname.replace(/^www\./, "");
}

function portOf(url: URL): number {
  return url.port === "" ? (url.protocol === "https:" ? 443 : 80) : Number(url.port);
}
