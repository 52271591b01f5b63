import { spawn } from "node:child_process";

/** Git without the person's own configuration, so that a machine's settings change nothing here. */
export const GIT_ENVIRONMENT = {
  PATH: process.env.PATH ?? "/usr/bin:/bin",
  GIT_CONFIG_NOSYSTEM: "1",
  GIT_CONFIG_GLOBAL: "/dev/null",
  GIT_TERMINAL_PROMPT: "0",
  HOME: "/nonexistent",
};

/** A git command that failed, with what it said. */
export interface GitFailure extends Error {
  gitExitCode: number;
}

/** Runs the real git in a bare repository and gives its standard output. Rejects with a GitFailure. */
export async function runGit(
  directory: string,
  args: string[],
  options: { input?: string | Uint8Array; env?: Record<string, string> } = {},
): Promise<Buffer> {
  const child = spawn("git", ["--git-dir", directory, ...args], {
    env: { ...GIT_ENVIRONMENT, ...options.env },
    stdio: ["pipe", "pipe", "pipe"],
  });
  const out: Buffer[] = [];
  const err: Buffer[] = [];
  child.stdout.on("data", (chunk: Buffer) => out.push(chunk));
  child.stderr.on("data", (chunk: Buffer) => err.push(chunk));
  // git may end before it has read its input; how it ended says enough.
  child.stdin.on("error", () => {});
  child.stdin.end(options.input ?? "");
  const { promise, resolve, reject } = Promise.withResolvers<number>();
  child.on("error", reject);
  child.on("close", (code) => resolve(code ?? 1));
  const code = await promise;
  if (code !== 0) {
    const message = `git ${args[0]}: ${Buffer.concat(err).toString().trim() || `exit code ${code}`}`;
    throw Object.assign(new Error(message), { gitExitCode: code } satisfies Pick<GitFailure, "gitExitCode">);
  }
  return Buffer.concat(out);
}
