import { z } from "zod";
import type { ProbeResult } from "../project/ports/probes.ts";
import { tlsTrouble } from "./tls-trouble.ts";

const detail = z.string().max(1_000);
const short = z.string().max(200);

const tlsFailed = z
  .object({
    state: z.literal("tls-failed"),
    detail,
    reason: z
      .enum(["default", "wrong-host", "expired", "not-yet-valid", "self-signed", "untrusted", "handshake"])
      .optional(),
    subject: z.string().optional(),
    issuer: z.string().optional(),
    notAfter: z.coerce.date().optional(),
  })
  // An agent of the version before gives Node's code alone.
  .transform(({ reason, ...rest }) => ({
    ...rest,
    reason:
      reason ?? tlsTrouble({ code: rest.detail, ...(rest.subject === undefined ? {} : { subject: rest.subject }) }),
  }));

/** A ProbeResult as it comes over the wire, from an agent of this version or the one before. */
export const probeResult: z.ZodType<ProbeResult> = z.object({
  from: z.string(),
  target: z.object({
    host: z.string(),
    address: z.string().optional(),
    port: z.number(),
    path: z.string(),
    tls: z.boolean(),
  }),
  at: z.coerce.date(),
  outcome: z.discriminatedUnion("state", [
    z.object({
      state: z.literal("answered"),
      status: z.number(),
      server: short.optional(),
      body: short,
      milliseconds: z.number(),
      headers: z.record(z.string(), short).optional(),
      location: short.optional(),
    }),
    z.object({ state: z.literal("redirect-loop"), status: z.number(), hops: z.array(short).max(10) }),
    z.object({ state: z.literal("dns-failed"), detail }),
    z.object({ state: z.literal("tcp-timeout") }),
    z.object({ state: z.literal("tcp-refused") }),
    z.object({ state: z.literal("tcp-unreachable"), detail }),
    tlsFailed,
    z.object({ state: z.literal("http-timeout") }),
    z.object({ state: z.literal("http-failed"), detail }),
    z.object({ state: z.literal("unknown"), detail }),
  ]),
});
