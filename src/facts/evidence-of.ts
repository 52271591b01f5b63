import type { ProbeResult } from "../project/ports/probes.ts";

const TEXT = 80;

/** The one line that proves it: what was asked, from where, and what came. The same as long as the same comes. */
export function evidenceOf({ from, target, outcome }: ProbeResult): string {
  const { host, port, tls, path } = target;
  const address = target.address ?? host;
  const at = `${address.includes(":") ? `[${address}]` : address}:${port}`;
  const usual = port === (tls ? 443 : 80);
  const url = `${tls ? "https" : "http"}://${host}${usual ? "" : `:${port}`}${path.split("?")[0]}`;
  switch (outcome.state) {
    case "answered":
      return `GET ${url} from ${from}: ${[outcome.status, outcome.server, textOf(outcome.body)].filter(Boolean).join(" · ")}`;
    case "redirect-loop":
      return `GET from ${from}: ${outcome.hops.join(" → ")}`;
    case "dns-failed":
      return `${host} from ${from}: no address`;
    case "tcp-timeout":
      return `connect ${at} from ${from}: timed out`;
    case "tcp-refused":
      return `connect ${at} from ${from}: refused`;
    case "tcp-unreachable":
      return `connect ${at} from ${from}: no way there`;
    case "tls-failed":
      return `TLS ${at} for ${host} from ${from}: ${certificateOf(outcome)}`;
    case "http-timeout":
      return `GET ${url} from ${from}: connected, no answer`;
    case "http-failed":
      return `GET ${url} from ${from}: the connection was cut, or what came was not HTTP`;
    case "unknown":
      return `${from}: ${outcome.detail}`;
  }
}

function certificateOf({
  subject,
  issuer,
  notAfter,
  reason,
}: Extract<ProbeResult["outcome"], { state: "tls-failed" }>) {
  if (reason === "handshake") return "no handshake";
  const until = notAfter ? `, valid until ${notAfter.toISOString().slice(0, 10)}` : "";
  return `certificate of ${subject ?? "nobody"}, issued by ${issuer ?? "nobody"}${until}`;
}

/** Of a page its title, of plain text its first line, of JSON nothing. */
function textOf(body: string): string {
  const title = /<title[^>]*>([^<]*)/i.exec(body)?.[1];
  const text = title ?? (/^\s*[<{[]/.test(body) ? "" : body.trim().split("\n", 1)[0]);
  return (text ?? "").trim().slice(0, TEXT);
}
