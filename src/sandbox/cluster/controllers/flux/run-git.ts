import { spawn } from "node:child_process";

export interface GitResult {
  code: number;
  stdout: string;
  stderr: string;
}

/**
 * Runs the real git without prompts and without the machine's own configuration.
 * `authorization` is sent as that header; it is passed in the environment so that no process list shows it.
 */
export function runGit(
  args: readonly string[],
  options: { directory: string; authorization?: string; signal: AbortSignal },
): Promise<GitResult> {
  return new Promise((resolve, reject) => {
    const config: [string, string][] = [["safe.directory", "*"]];
    if (options.authorization) {
      config.push(["http.extraHeader", `Authorization: ${options.authorization}`]);
    }
    const child = spawn("git", [...args], {
      cwd: options.directory,
      stdio: ["ignore", "pipe", "pipe"],
      signal: options.signal,
      env: {
        PATH: process.env.PATH,
        HOME: options.directory,
        LC_ALL: "C",
        GIT_TERMINAL_PROMPT: "0",
        GIT_CONFIG_NOSYSTEM: "1",
        GIT_CONFIG_COUNT: String(config.length),
        // https://git-scm.com/docs/git-config#ENVIRONMENT
        ...Object.fromEntries(
          config.flatMap(([key, value], index) => [
            [`GIT_CONFIG_KEY_${index}`, key],
            [`GIT_CONFIG_VALUE_${index}`, value],
          ]),
        ),
      },
    });
    let stdout = "";
    let stderr = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      stdout += text;
    });
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      stderr += text;
    });
    child.on("error", reject);
    child.on("close", (code) => resolve({ code: code ?? 1, stdout, stderr }));
  });
}
