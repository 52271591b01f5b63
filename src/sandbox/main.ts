import { createPrinter } from "./create-printer.ts";
import { HELP } from "./help.ts";
import { readFlags, UsageError } from "./read-flags.ts";
import { runScript } from "./run-script.ts";
import { startSandbox } from "./start-sandbox.ts";

const EX_USAGE = 64;
const say = (text: string) => process.stdout.write(`${text}\n`);

try {
  await main();
} catch (error) {
  process.stderr.write(`sandbox: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(error instanceof UsageError ? EX_USAGE : 1);
}

async function main(): Promise<void> {
  const flags = readFlags(process.argv.slice(2));
  if (flags.help) return void say(HELP);
  const sandbox = await startSandbox(flags);
  for (const signal of ["SIGINT", "SIGTERM"] as const)
    process.once(signal, () => void sandbox.close().then(() => process.exit(signal === "SIGINT" ? 130 : 143)));

  if (flags.run.length > 0) {
    const live = await runScript(flags.run, sandbox, createPrinter(process.stdout));
    await sandbox.close();
    process.exit(live ? 0 : 1);
  }
  say(`Slack     ${sandbox.slack.url}`);
  say(`GitHub    ${sandbox.github.url}`);
  say(`Registry  ${sandbox.github.registryUrl}`);
  say(`Cluster   ${sandbox.cluster.url}`);
  say("Type /project create rrr in #launches. Ctrl-C ends it.");
}
