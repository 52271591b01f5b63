import type { ProbeResult, ProbeTarget } from "../project/ports/probes.ts";

/** Nothing was learned: the vantage could not look. */
export function unknownResult(from: string, target: ProbeTarget, at: Date, detail: string): ProbeResult {
  const url = new URL(target.url);
  const tls = url.protocol === "https:";
  const port = url.port === "" ? (tls ? 443 : 80) : Number(url.port);
  return {
    from,
    target: {
      host: url.hostname,
      ...(target.address === undefined ? {} : { address: target.address }),
      port,
      path: `${url.pathname}${url.search}`,
      tls,
    },
    at,
    outcome: { state: "unknown", detail: detail.slice(0, 300) },
  };
}
