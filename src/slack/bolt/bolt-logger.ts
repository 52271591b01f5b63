import { type Logger, LogLevel } from "@slack/bolt";
import type { Log } from "../log.ts";

/** Bolt's log lines in ours. Its debug lines hold whole payloads, tokens of interactions among them: they are left out. */
export function boltLogger(log: Log): Logger {
  const write =
    (level: "info" | "warn" | "error") =>
    (...parts: unknown[]) =>
      log[level]({ from: "slack-sdk" }, parts.map(String).join(" "));
  return {
    debug: () => {},
    // The SDK's "info" is chatter about connections.
    info: (...parts) => log.debug({ from: "slack-sdk" }, parts.map(String).join(" ")),
    warn: write("warn"),
    error: write("error"),
    setLevel: () => {},
    getLevel: () => LogLevel.INFO,
    setName: () => {},
  };
}
