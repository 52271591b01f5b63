import { buildImage } from "./build-image.ts";
import { interpolate } from "./interpolate.ts";
import type { JobContext } from "./job-context.ts";
import { imageTags } from "./metadata-action.ts";
import { runShell } from "./run-shell.ts";
import type { StepResult } from "./step-result.ts";
import type { StepFile } from "./workflow-file.ts";

/** Seconds that well-known actions take. */
const DURATIONS: [pattern: RegExp, seconds: number][] = [
  [/^actions\/checkout/, 2],
  [/^actions\/setup-/, 6],
  [/^docker\/setup-buildx/, 8],
  [/^docker\/setup-qemu/, 6],
  [/^docker\/login/, 1],
];

/** One step of a job. */
export async function runStep(context: JobContext, step: StepFile, name: string): Promise<StepResult> {
  const env: Record<string, string> = {};
  for (const [key, value] of Object.entries(step.env)) env[key] = interpolate(String(value ?? ""), context.scope());
  const inputs: Record<string, string> = {};
  for (const [key, value] of Object.entries(step.with))
    inputs[key] = interpolate(String(value ?? ""), context.scope(env));
  const script = step.run === undefined ? null : interpolate(step.run, context.scope(env));
  context.log(`##[group]Run ${step.uses ?? script?.split("\n")[0] ?? ""}`);
  if (script !== null) for (const line of script.trimEnd().split("\n")) context.log(line);
  for (const [key, value] of Object.entries(inputs)) context.log(`  ${key}: ${mask(value, context.token)}`);
  context.log("##[endgroup]");
  const planned = plannedFailure(context, step, name, script);
  if (planned) {
    await context.work(20);
    for (const line of planned) context.log(line);
    context.log("##[error]Process completed with exit code 1.");
    return { conclusion: "failure", outputs: {} };
  }
  if (script !== null) return await runShell(context, script, { ...context.env, ...env });
  return await runAction(context, step.uses ?? "", inputs);
}

async function runAction(context: JobContext, uses: string, inputs: Record<string, string>): Promise<StepResult> {
  if (uses.startsWith("docker/build-push-action")) {
    const tags = (inputs.tags ?? "")
      .split(/[\n,]/)
      .map((tag) => tag.trim())
      .filter(Boolean);
    return await buildImage(context, {
      tags,
      push: inputs.push === "true",
      folder: inputs.context ?? ".",
      dockerfile: inputs.file ?? null,
    });
  }
  if (uses.startsWith("docker/metadata-action")) {
    await context.work(1);
    const tags = imageTags(context, inputs);
    for (const tag of tags) context.log(tag);
    const version = tags[0]?.split(":").at(-1) ?? "";
    return {
      conclusion: "success",
      outputs: { tags: tags.join("\n"), version, labels: `org.opencontainers.image.revision=${context.run.headSha}` },
    };
  }
  if (uses.startsWith("actions/checkout"))
    context.log(`HEAD is now at ${context.run.headSha.slice(0, 7)} ${context.run.title}`);
  if (uses.startsWith("docker/login-action")) context.log("Login Succeeded!");
  await context.work(DURATIONS.find(([pattern]) => pattern.test(uses))?.[1] ?? 2);
  return { conclusion: "success", outputs: {} };
}

function plannedFailure(context: JobContext, step: StepFile, name: string, script: string | null): string[] | null {
  const { faults } = context.hub;
  const planned = faults.failBuild;
  if (!planned) return null;
  const builds = step.uses?.startsWith("docker/build-push-action") || /\bdocker\b.*\bbuild\b/.test(script ?? "");
  const meant = planned.step === null ? builds : name.toLowerCase().includes(planned.step.toLowerCase());
  if (!meant) return null;
  faults.failBuild = null;
  return planned.lines;
}

/** What GitHub does to secrets that it knows. */
function mask(text: string, token: string): string {
  return text.replaceAll(token, "***");
}
