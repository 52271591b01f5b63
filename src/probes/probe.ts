import type { ProbeResult, ProbeTarget } from "../project/ports/probes.ts";
import { askHttp } from "./ask-http.ts";
import { connectTcp } from "./connect-tcp.ts";
import { connectTls } from "./connect-tls.ts";
import { createDeadline } from "./deadline.ts";
import { resolveHost } from "./resolve-host.ts";

export interface Prober {
  /** Said in the result. */
  from: string;
  clock: { now(): Date };
  /** Certificates trusted in place of the system's. */
  ca?: string;
  /** Asked of every address before it is connected to, after the name was resolved; a reason against it, if any. */
  refuses?(address: string): string | undefined;
}

const DEFAULT_TIMEOUT_MS = 10_000;

/** DNS → TCP → TLS → HTTP; the first that fails is the answer. */
export async function probe(target: ProbeTarget, prober: Prober): Promise<ProbeResult> {
  const url = new URL(target.url);
  const tls = url.protocol === "https:";
  const host = url.hostname.replace(/^\[|\]$/g, "");
  const port = url.port === "" ? (tls ? 443 : 80) : Number(url.port);
  const path = `${url.pathname}${url.search}`;
  const timeoutMs = target.timeoutMs ?? DEFAULT_TIMEOUT_MS;
  const deadline = createDeadline(timeoutMs);
  const tell = (outcome: ProbeResult["outcome"], address?: string): ProbeResult => ({
    from: prober.from,
    target: { host, ...(address === undefined ? {} : { address }), port, path, tls },
    at: prober.clock.now(),
    outcome,
  });

  const resolved = await deadline.race(resolveHost(target.address ?? host));
  if (resolved === "late") return tell({ state: "dns-failed", detail: `${host}: no answer in time` });
  if ("failed" in resolved) return tell({ state: "dns-failed", detail: resolved.failed });

  let failed: ProbeResult | undefined;
  for (const [index, address] of resolved.addresses.entries()) {
    const reason = prober.refuses?.(address);
    if (reason !== undefined) return tell({ state: "unknown", detail: reason }, address);
    // One dead address of many (IPv6 that leads nowhere) must not use up the time of those after it.
    const left = resolved.addresses.length - index;
    const tcp = await connectTcp(address, port, left > 1 ? createDeadline(timeoutMs / left / 2) : deadline);
    if ("outcome" in tcp) {
      failed ??= tell(tcp.outcome, address);
      continue;
    }
    const secured = tls ? await connectTls(tcp.socket, host, deadline, prober.ca) : tcp;
    if ("outcome" in secured) return tell(secured.outcome, address);
    return tell(await askHttp(secured.socket, { authority: url.host, path }, deadline), address);
  }
  return failed ?? tell({ state: "dns-failed", detail: `${host}: no address` });
}
