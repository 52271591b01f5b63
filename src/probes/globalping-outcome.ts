import { z } from "zod";
import type { ProbeResult } from "../project/ports/probes.ts";
import { keptHeaders } from "./kept-headers.ts";
import { plainUrl } from "./plain-url.ts";
import { tlsTrouble } from "./tls-trouble.ts";

/** What is read of a Globalping HTTP test; finished or failed. https://globalping.io/docs/api.globalping.io */
export const httpTest = z.object({
  status: z.string(),
  rawOutput: z.string(),
  statusCode: z.number().nullish(),
  rawBody: z.string().nullish(),
  headers: z.record(z.string(), z.union([z.string(), z.array(z.string())])).nullish(),
  timings: z.unknown().optional(),
  resolvedAddress: z.string().nullish(),
  tls: z
    .object({
      authorized: z.boolean(),
      error: z.string().nullish(),
      createdAt: z.string().nullish(),
      expiresAt: z.string().nullish(),
      subject: z.object({ CN: z.string().nullish() }).nullish(),
      issuer: z.object({ CN: z.string().nullish() }).nullish(),
    })
    .nullish(),
});
export type HttpTest = z.output<typeof httpTest>;

/** A failed test has Node's own error message as its output: https://github.com/jsdelivr/globalping-probe/blob/master/src/command/http-test.ts */
export function globalpingOutcome(test: HttpTest, url: URL, now: Date): ProbeResult["outcome"] {
  const output = test.rawOutput.slice(0, 200);
  if (test.status === "failed") {
    if (/ECONNREFUSED/.test(output)) return { state: "tcp-refused" };
    if (/connect ETIMEDOUT/.test(output)) return { state: "tcp-timeout" };
    if (/request timeout/i.test(output)) return { state: "http-timeout" };
    if (/ENOTFOUND|ENODATA|EAI_AGAIN|ESERVFAIL|queryA|getaddrinfo/.test(output))
      return { state: "dns-failed", detail: output };
    if (/EHOSTUNREACH|ENETUNREACH|EADDRNOTAVAIL/.test(output)) return { state: "tcp-unreachable", detail: output };
    if (/ssl|tls|certificate/i.test(output))
      return { state: "tls-failed", reason: tlsTrouble({ code: output }), detail: output };
    if (/socket|ECONNRESET|parse error|other side closed/i.test(output))
      return { state: "http-failed", detail: output };
    return { state: "unknown", detail: output };
  }
  if (test.status !== "finished" || typeof test.statusCode !== "number") return { state: "unknown", detail: output };
  if (test.tls && !test.tls.authorized) return refused(test.tls, now);
  const { location } = test.headers ?? {};
  const next = typeof location === "string" && isRedirect(test.statusCode) ? URL.parse(location, url.href) : null;
  // It follows none; one that leads to where it stands is a loop all the same, unless a cookie came along.
  if (next?.href === url.href && test.headers?.["set-cookie"] === undefined)
    return { state: "redirect-loop", status: test.statusCode, hops: [plainUrl(url), plainUrl(next)] };
  return {
    state: "answered",
    status: test.statusCode,
    ...keptHeaders(test.headers ?? {}),
    ...(next ? { location: plainUrl(next) } : {}),
    body: (test.rawBody ?? "").slice(0, 200),
    milliseconds: totalOf(test.timings),
  };
}

function refused(tls: NonNullable<HttpTest["tls"]>, now: Date): ProbeResult["outcome"] {
  const subject = tls.subject?.CN ?? undefined;
  const issuer = tls.issuer?.CN ?? undefined;
  const notAfter = Date.parse(tls.expiresAt ?? "");
  const detail = tls.error ?? "the certificate is not trusted";
  const reason = tlsTrouble({
    code: detail,
    expired: notAfter < now.getTime(),
    early: Date.parse(tls.createdAt ?? "") > now.getTime(),
    ...(subject === undefined ? {} : { subject }),
  });
  return {
    state: "tls-failed",
    reason,
    detail,
    ...(subject === undefined ? {} : { subject }),
    ...(issuer === undefined ? {} : { issuer }),
    ...(Number.isNaN(notAfter) ? {} : { notAfter: new Date(notAfter) }),
  };
}

function isRedirect(status: number): boolean {
  return status >= 300 && status < 400;
}

function totalOf(timings: unknown): number {
  const total = typeof timings === "object" && timings !== null && "total" in timings ? timings.total : undefined;
  return typeof total === "number" ? Math.round(total) : 0;
}
