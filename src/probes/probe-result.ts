import { z } from "zod";
import type { ProbeResult } from "../project/ports/probes.ts";

const detail = z.string().max(1_000);

/** A ProbeResult as it comes over the wire. */
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
      server: z.string().max(200).optional(),
      body: z.string().max(200),
      milliseconds: z.number(),
    }),
    z.object({ state: z.literal("dns-failed"), detail }),
    z.object({ state: z.literal("tcp-timeout") }),
    z.object({ state: z.literal("tcp-refused") }),
    z.object({ state: z.literal("tcp-unreachable"), detail }),
    z.object({
      state: z.literal("tls-failed"),
      detail,
      subject: z.string().optional(),
      issuer: z.string().optional(),
    }),
    z.object({ state: z.literal("http-timeout") }),
    z.object({ state: z.literal("http-failed"), detail }),
    z.object({ state: z.literal("unknown"), detail }),
  ]),
});
