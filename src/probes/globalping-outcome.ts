import { z } from "zod";
import type { ProbeResult } from "../project/ports/probes.ts";

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
      subject: z.object({ CN: z.string().nullish() }).nullish(),
      issuer: z.object({ CN: z.string().nullish() }).nullish(),
    })
    .nullish(),
});
export type HttpTest = z.output<typeof httpTest>;

/** A failed test has Node's own error message as its output: https://github.com/jsdelivr/globalping-probe/blob/master/src/command/http-test.ts */
export function globalpingOutcome(test: HttpTest): ProbeResult["outcome"] {
  const output = test.rawOutput.slice(0, 200);
  if (test.status === "failed") {
    if (/ECONNREFUSED/.test(output)) return { state: "tcp-refused" };
    if (/connect ETIMEDOUT/.test(output)) return { state: "tcp-timeout" };
    if (/request timeout/i.test(output)) return { state: "http-timeout" };
    if (/ENOTFOUND|ENODATA|EAI_AGAIN|ESERVFAIL|queryA|getaddrinfo/.test(output))
      return { state: "dns-failed", detail: output };
    if (/EHOSTUNREACH|ENETUNREACH|EADDRNOTAVAIL/.test(output)) return { state: "tcp-unreachable", detail: output };
    if (/ssl|tls|certificate/i.test(output)) return { state: "tls-failed", detail: output };
    if (/socket|ECONNRESET|parse error|other side closed/i.test(output))
      return { state: "http-failed", detail: output };
    return { state: "unknown", detail: output };
  }
  if (test.status !== "finished" || typeof test.statusCode !== "number") return { state: "unknown", detail: output };
  if (test.tls && !test.tls.authorized) {
    const { subject, issuer } = test.tls;
    return {
      state: "tls-failed",
      detail: test.tls.error ?? "the certificate is not trusted",
      ...(subject?.CN ? { subject: subject.CN } : {}),
      ...(issuer?.CN ? { issuer: issuer.CN } : {}),
    };
  }
  const server = test.headers?.server;
  return {
    state: "answered",
    status: test.statusCode,
    ...(typeof server === "string" ? { server: server.slice(0, 200) } : {}),
    body: (test.rawBody ?? "").slice(0, 200),
    milliseconds: totalOf(test.timings),
  };
}

function totalOf(timings: unknown): number {
  const total = typeof timings === "object" && timings !== null && "total" in timings ? timings.total : undefined;
  return typeof total === "number" ? Math.round(total) : 0;
}
