#!/usr/bin/env node
import { ConfigError, readConfig } from "./config.ts";
import { runDoctor } from "./start/run-doctor.ts";
import { start } from "./start.ts";
import { readVantageOptions } from "./vantage/read-vantage-options.ts";
import { startVantage } from "./vantage/start-vantage.ts";

/** sysexits.h: configured wrongly, so that nothing restarts it in vain. */
const EX_CONFIG = 78;
const EX_USAGE = 64;

const [verb, ...rest] = process.argv.slice(2);
try {
  const running = await begin();
  for (const signal of ["SIGTERM", "SIGINT"] as const)
    process.once(signal, () => void running.stop().then(() => process.exit(0)));
} catch (error) {
  if (!(error instanceof ConfigError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exit(EX_CONFIG);
}

async function begin(): Promise<{ stop(): Promise<void> }> {
  if (verb === undefined && rest.length === 0) return start(readConfig(process.env));
  if (verb === "vantage") {
    const vantage = await startVantage(readVantageOptions(process.env));
    return { stop: () => vantage.close() };
  }
  if (verb === "doctor" && rest.length <= 1) {
    const code = await runDoctor(readConfig(process.env), rest[0], (line) => process.stdout.write(`${line}\n`));
    // What it still holds open (connections that are kept alive) is nothing to wait for.
    process.exit(code);
  }
  const verbs = "slipway (the bot), slipway vantage, slipway doctor [NAME]";
  process.stderr.write(`slipway: no verb is called ${[verb, ...rest].join(" ")}; there are: ${verbs}\n`);
  process.exit(EX_USAGE);
}
