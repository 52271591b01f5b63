import { z } from "zod";
import { ConfigError } from "../config/config-error.ts";
import type { VantageOptions } from "./vantage-options.ts";

const port = z.coerce
  .number<string>("is not a port")
  .int("is not a port")
  .min(0, "is not a port")
  .max(65_535, "is not a port");

const environment = z.object({
  VANTAGE_SECRET: z.string("is missing").min(16, "is shorter than 16 characters"),
  VANTAGE_PORTS: z
    .string()
    .default("80,443")
    .transform((value) => value.split(/[\s,]+/).filter((part) => part !== ""))
    .pipe(z.array(port)),
  VANTAGE_ALLOW_PRIVATE: z.enum(["true", "false", "1", "0"], "is neither true nor false").default("false"),
  PORT: port.prefault("3000"),
  HOST: z.string().default("0.0.0.0"),
});

/** The environment of `slipway vantage`; a ConfigError names everything that is wrong. */
export function readVantageOptions(env: Record<string, string | undefined>): VantageOptions {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value?.trim()));
  const parsed = environment.safeParse(given);
  if (!parsed.success) {
    throw new ConfigError(parsed.error.issues.map((issue) => `${String(issue.path[0])} ${issue.message}`));
  }
  return {
    port: parsed.data.PORT,
    host: parsed.data.HOST,
    secret: parsed.data.VANTAGE_SECRET,
    ports: parsed.data.VANTAGE_PORTS,
    allowPrivate: ["true", "1"].includes(parsed.data.VANTAGE_ALLOW_PRIVATE),
  };
}
