import { buildImage } from "./build-image.ts";
import { expandShell } from "./expand-shell.ts";
import type { JobContext } from "./job-context.ts";
import type { StepResult } from "./step-result.ts";

/** Seconds that common commands take. */
const DURATIONS: [pattern: RegExp, seconds: number, said: string[]][] = [
  [/^npm ci\b/, 18, ["added 351 packages, and audited 352 packages in 12s", "found 0 vulnerabilities"]],
  [/^(npm|yarn|pnpm) (run )?build\b/, 25, ["Compiled successfully"]],
  [/^(npm|yarn|pnpm) (run )?(test|lint|check|typecheck)\b/, 10, ["ok"]],
  [/^(pip|poetry|go|cargo|mvn|gradle)\b/, 20, []],
];

/**
 * What a script would do, as far as later steps can see it: variables, GITHUB_OUTPUT and GITHUB_ENV, docker build and push.
 * Nothing of it is really run: a repository's script has no business on the person's machine.
 */
export async function runShell(context: JobContext, script: string, env: Record<string, string>): Promise<StepResult> {
  const outputs: Record<string, string> = {};
  const built: string[] = [];
  const commands = script
    .replace(/\\\n\s*/g, " ")
    .split("\n")
    .flatMap((line) => line.split(/\s*(?:&&|;)\s+/));
  for (const command of commands.map((line) => line.trim()).filter((line) => line !== "" && !line.startsWith("#"))) {
    const write = /^echo\s+(["']?)([\w-]+)=(.*?)\1\s*>>\s*["']?\$\{?GITHUB_(OUTPUT|ENV)\}?["']?$/s.exec(command);
    const assign = /^(?:export\s+)?([A-Za-z_]\w*)=(.*)$/s.exec(command);
    if (write) {
      const value = expandShell(write[3] ?? "", env);
      if (write[4] === "OUTPUT") outputs[write[2] ?? ""] = value;
      else context.env[write[2] ?? ""] = value;
    } else if (assign) env[assign[1] ?? ""] = expandShell(assign[2] ?? "", env);
    else if (/^docker\s+(buildx\s+)?build\b/.test(command)) {
      const result = await dockerBuild(context, command, env, built);
      if (result.conclusion === "failure") return result;
    } else if (/^docker\s+push\b/.test(command)) {
      const tags = /--all-tags|-a\b/.test(command) ? built : [expandShell(command.split(/\s+/).at(-1) ?? "", env)];
      const result = await buildImage(context, { tags, push: true, folder: ".", dockerfile: null, built: true });
      if (result.conclusion === "failure") return result;
    } else if (/^exit\s+[1-9]/.test(command) || command === "false") {
      context.log(`##[error]Process completed with exit code ${/\d+/.exec(command)?.[0] ?? 1}.`);
      return { conclusion: "failure", outputs };
    } else await simulate(context, command, env);
  }
  return { conclusion: "success", outputs };
}

async function dockerBuild(
  context: JobContext,
  command: string,
  env: Record<string, string>,
  built: string[],
): Promise<StepResult> {
  const words = command.split(/\s+/).map((word) => expandShell(word, env));
  const after = (names: string[]) =>
    words.flatMap((word, index) =>
      names.includes(words[index - 1] ?? "")
        ? [word]
        : names.flatMap((name) => (word.startsWith(`${name}=`) ? [word.slice(name.length + 1)] : [])),
    );
  const tags = after(["-t", "--tag"]);
  built.push(...tags);
  const folder = words.at(-1) ?? ".";
  return await buildImage(context, {
    tags,
    push: words.includes("--push"),
    folder,
    dockerfile: after(["-f", "--file"])[0] ?? null,
  });
}

async function simulate(context: JobContext, command: string, env: Record<string, string>): Promise<void> {
  const [, seconds, said] = DURATIONS.find(([pattern]) => pattern.test(command)) ?? [null, 0.5, []];
  await context.work(seconds);
  if (command.startsWith("echo ")) context.log(expandShell(command.slice(5), env));
  for (const line of said) context.log(line);
}
