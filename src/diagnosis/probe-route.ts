import { z } from "zod";
import type { KubeObject } from "../project/ports/cluster.ts";
import type { ProbeResult, Vantage } from "../project/ports/probes.ts";
import type { Settings } from "../project/settings.ts";
import { urlOf } from "../project/url-of.ts";

const routed = z.object({
  spec: z.object({
    tls: z.array(z.object({ hosts: z.array(z.string()).default([]) })).default([]),
    rules: z.array(z.object({ host: z.string().optional() })).default([]),
  }),
  status: z.object({
    loadBalancer: z
      .object({
        ingress: z.array(z.object({ ip: z.string().optional(), hostname: z.string().optional() })).default([]),
      })
      .prefault({}),
  }),
});

/**
 * One look at the host from every vantage. From inside the address is the Ingress's own, so that a missing DNS record
 * is not taken for an application that is down; from outside it is whatever people's DNS says.
 */
export function probeRoute(
  host: string,
  ingresses: KubeObject[],
  settings: Settings,
  vantages: Vantage[],
): Promise<ProbeResult[]> {
  const found = ingresses
    .flatMap((each) => routed.safeParse(each).data ?? [])
    .find(({ spec }) => spec.rules.some((rule) => rule.host === host));
  if (!found) return Promise.resolve([]);
  const url = urlOf(host, found.spec.tls.length > 0, settings);
  const { ip, hostname } = found.status.loadBalancer.ingress[0] ?? {};
  const address = host.endsWith(".localhost") ? undefined : (ip ?? hostname);
  return Promise.all(
    vantages.map((vantage) =>
      vantage.probe(vantage.side === "inside" && address !== undefined ? { url, address } : { url }),
    ),
  );
}
