import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { createServer } from "node:net";
import { basename, isAbsolute, join } from "node:path";
import type { LogLines } from "./log-lines.ts";

export interface RunningProcess {
  port: number;
  /** Resolves when the process has ended. */
  ended: Promise<{ exitCode: number; signal: number }>;
  stop(graceMilliseconds: number): Promise<void>;
}

/**
 * Runs an image's entrypoint for real: with this Node, in the unpacked root, on a free port given as PORT.
 * Absolute paths that the root has are taken from there. It gets the container's environment and nothing of ours.
 */
export async function runProcess(options: {
  root: string;
  arguments: readonly string[];
  workingDirectory: string;
  environment: Record<string, string>;
  log: LogLines;
}): Promise<RunningProcess> {
  const port = await freePort();
  const inside = (argument: string) =>
    isAbsolute(argument) && existsSync(join(options.root, argument)) ? join(options.root, argument) : argument;
  const [first = "", ...rest] = options.arguments;
  const script = basename(first) === "node" ? rest : [first, ...rest];
  const child = spawn(process.execPath, script.map(inside), {
    cwd: join(options.root, options.workingDirectory),
    env: {
      PATH: process.env.PATH,
      HOME: options.root,
      ...options.environment,
      PORT: String(port),
      // The pod is reached through the loopback only.
      HOSTNAME: "127.0.0.1",
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  child.stdout.setEncoding("utf8").on("data", options.log.add);
  child.stderr.setEncoding("utf8").on("data", options.log.add);
  let running = true;
  const ended = new Promise<{ exitCode: number; signal: number }>((resolve) => {
    child.on("error", (error) => {
      running = false;
      options.log.add(`${error.message}\n`);
      resolve({ exitCode: 128, signal: 0 });
    });
    child.on("close", (code, signal) => {
      running = false;
      const number = signal === "SIGKILL" ? 9 : signal === "SIGTERM" ? 15 : 0;
      resolve({ exitCode: code ?? 128 + number, signal: number });
    });
  });
  return {
    port,
    ended,
    stop: async (graceMilliseconds) => {
      if (!running) {
        return;
      }
      child.kill("SIGTERM");
      const kill = setTimeout(() => child.kill("SIGKILL"), graceMilliseconds);
      await ended;
      clearTimeout(kill);
    },
  };
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address ? address.port : 0));
    });
  });
}
