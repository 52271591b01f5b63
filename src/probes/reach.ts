import type { ProbeResult } from "../project/ports/probes.ts";
import { askHttp } from "./ask-http.ts";
import { connectTcp } from "./connect-tcp.ts";
import { connectTls } from "./connect-tls.ts";
import { createDeadline, type Deadline } from "./deadline.ts";
import { resolveHost } from "./resolve-host.ts";

export interface Prober {
  /** Said in the result. */
  from: string;
  clock: { now(): Date };
  /** Certificates trusted in place of the system's. */
  ca?: string;
  /** Asked of every address before it is connected to, after the name was resolved; a reason against it, if any. */
  refuses?(address: string): string | undefined;
  /** May a redirect be followed to this port? Absent: yes. */
  allows?(port: number): boolean;
}

export interface Reached {
  result: ProbeResult;
  /** Of a redirect, as it came. */
  location?: string;
  cookies: string[];
}

/**
 * A connection that is not there after this long will not come: a SYN that was lost is sent again after 1 and 3 seconds
 * (https://datatracker.ietf.org/doc/html/rfc6298#section-2), and no place on earth is a second away.
 */
const CONNECT_MS = 5_000;

/** One request: DNS → TCP → TLS → HTTP; the first that fails is the answer. */
export async function reach(
  asked: { url: URL; address?: string; cookie: string; anyCertificate: boolean },
  prober: Prober,
  deadline: Deadline,
): Promise<Reached> {
  const { url } = asked;
  const { host, port, tls, path } = partsOf(url);
  const tell = (outcome: ProbeResult["outcome"], address?: string): Reached => ({
    result: {
      from: prober.from,
      target: { host, ...(address === undefined ? {} : { address }), port, path, tls },
      at: prober.clock.now(),
      outcome,
    },
    cookies: [],
  });

  const resolved = await deadline.race(resolveHost(asked.address ?? host));
  if (resolved === "late") return tell({ state: "dns-failed", detail: `${host}: no answer in time` });
  if ("failed" in resolved) return tell({ state: "dns-failed", detail: resolved.failed });

  let failed: Reached | undefined;
  for (const [index, address] of resolved.addresses.entries()) {
    const reason = prober.refuses?.(address);
    if (reason !== undefined) return tell({ state: "unknown", detail: reason }, address);
    // One dead address of many (IPv6 that leads nowhere) must not use up the time of those after it.
    const left = resolved.addresses.length - index;
    const most = Math.min(CONNECT_MS, left > 1 ? deadline.milliseconds / left / 2 : deadline.milliseconds);
    const tcp = await deadline.race(connectTcp(address, port, createDeadline(most)));
    if (tcp === "late") return failed ?? tell({ state: "tcp-timeout" }, address);
    if ("outcome" in tcp) {
      failed ??= tell(tcp.outcome, address);
      continue;
    }
    const trust = {
      ...(prober.ca === undefined ? {} : { ca: prober.ca }),
      any: asked.anyCertificate,
      now: prober.clock.now(),
    };
    const secured = tls ? await connectTls(tcp.socket, host, deadline, trust) : tcp;
    if ("outcome" in secured) return tell(secured.outcome, address);
    const { outcome, location, cookies } = await askHttp(
      secured.socket,
      { authority: url.host, path, cookie: asked.cookie },
      deadline,
    );
    return { ...tell(outcome, address), cookies, ...(location === undefined ? {} : { location }) };
  }
  return failed ?? tell({ state: "dns-failed", detail: `${host}: no address` });
}

function partsOf(url: URL) {
  const tls = url.protocol === "https:";
  return {
    host: url.hostname.replace(/^\[|\]$/g, ""),
    port: url.port === "" ? (tls ? 443 : 80) : Number(url.port),
    tls,
    path: `${url.pathname}${url.search}`,
  };
}
