import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";

const running = new Set<ChildProcess>();

// Also when the bench fails or is interrupted: nothing that it started outlives it.
process.on("exit", () => {
  for (const child of running) child.kill("SIGKILL");
});
for (const [signal, code] of [
  ["SIGINT", 130],
  ["SIGTERM", 143],
] as const)
  process.once(signal, () => process.exit(code));

export interface Started {
  child: ChildProcess;
  pid: number;
  /** The last of what it wrote to standard error. */
  said(): string;
  end(): Promise<void>;
}

/** A program that ends with the bench at the latest. Its standard output can be read, its standard error is kept. */
export function startProcess(command: string, args: string[], environment?: NodeJS.ProcessEnv): Started {
  const child = spawn(command, args, {
    stdio: ["ignore", "pipe", "pipe"],
    ...(environment ? { env: environment } : {}),
  });
  const { pid } = child;
  if (pid === undefined) throw new Error(`${command} could not be started`);
  running.add(child);
  let said = "";
  child.stderr.on("data", (chunk: Buffer) => {
    said = (said + chunk.toString()).slice(-4_000);
  });
  const gone = once(child, "exit").then(() => running.delete(child));
  return {
    child,
    pid,
    said: () => said,
    async end() {
      if (child.exitCode === null && child.signalCode === null) child.kill("SIGTERM");
      const timer = setTimeout(() => child.kill("SIGKILL"), 10_000);
      await gone;
      clearTimeout(timer);
    },
  };
}
