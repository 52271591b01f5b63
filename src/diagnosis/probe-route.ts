import type { Ingress } from "../facts/ingress.ts";
import { routeOf } from "../facts/route.ts";
import type { Ports } from "../project/ports/ports.ts";
import type { ProbeResult, ProbeTarget, Vantage } from "../project/ports/probes.ts";
import type { Read } from "../project/read.ts";
import type { Settings } from "../project/settings.ts";
import { urlOf } from "../project/url-of.ts";

/**
 * One look at the host from every vantage. From inside the address is the Ingress's own, so that a missing DNS record
 * is not taken for an application that is down; from outside it is whatever people's DNS says.
 */
export function probeRoute(
  host: string,
  ingresses: Read<Ingress[]>,
  settings: Settings,
  { vantages, clock }: Pick<Ports, "vantages" | "clock">,
): Promise<ProbeResult[]> {
  const found = ingresses.known ? routeOf(ingresses.value, host) : undefined;
  if (!found) return Promise.resolve([]);
  const url = urlOf(host, found.tls, settings);
  const [address] = host.endsWith(".localhost") ? [] : found.ingress.addresses;
  return Promise.all(
    vantages.map((vantage) =>
      lookFrom(vantage, vantage.side === "inside" && address !== undefined ? { url, address } : { url }, clock),
    ),
  );
}

/** A vantage that fails has learned nothing. */
async function lookFrom(vantage: Vantage, target: ProbeTarget, clock: Ports["clock"]): Promise<ProbeResult> {
  try {
    return await vantage.probe(target);
  } catch (error) {
    const { hostname, port, protocol, pathname } = new URL(target.url);
    const tls = protocol === "https:";
    return {
      from: vantage.name,
      target: { host: hostname, port: port === "" ? (tls ? 443 : 80) : Number(port), path: pathname, tls },
      at: clock.now(),
      outcome: { state: "unknown", detail: error instanceof Error ? error.message : String(error) },
    };
  }
}
