import { cloneUrlOf } from "./clone-url-of.ts";
import { createPrinter } from "./create-printer.ts";
import { HELP } from "./help.ts";
import { readFlags, UsageError } from "./read-flags.ts";
import { runScript } from "./run-script.ts";
import type { Sandbox } from "./sandbox.ts";
import { scenarios } from "./scenarios/index.ts";
import { startSandbox } from "./start-sandbox.ts";

const EX_USAGE = 64;
// What nobody foresaw, in one request or one control loop, is told; the rest of the sandbox is still being used.
for (const event of ["uncaughtException", "unhandledRejection"] as const)
  process.on(event, (error: unknown) =>
    process.stderr.write(`sandbox: ${error instanceof Error ? error.stack : error}\n`),
  );

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
  if (flags.scenarios.includes("list"))
    return void say(scenarios.map(({ name, title }) => `${name.padEnd(20)} ${title}`).join("\n"));
  const sandbox = await startSandbox(flags);
  for (const signal of ["SIGINT", "SIGTERM"] as const)
    process.once(signal, () => void sandbox.close().then(() => process.exit(signal === "SIGINT" ? 130 : 143)));

  if (flags.run.length > 0) {
    const live = await runScript(flags.run, sandbox, createPrinter(process.stdout, nameOf(sandbox)));
    if (!flags.stay) {
      await sandbox.close();
      process.exit(live ? 0 : 1);
    }
  }
  say(`Slack     ${sandbox.slack.url}  (open it in a browser, type /project create rrr in #launches)`);
  say(`GitHub    ${sandbox.github.url}  (git clone ${cloneUrlOf(sandbox.github, "acme/rrr")})`);
  say(`Cluster   kubectl --kubeconfig ${sandbox.kubeconfigFile} get projects -A`);
  if (flags.only.length > 0)
    for (const [name, value] of Object.entries(sandbox.environment)) say(`${name}=${JSON.stringify(value)}`);
  say("Ctrl-C ends all of it.");
}

function nameOf(sandbox: Sandbox): (person: string) => string {
  const { people } = sandbox.slack.workspace.state();
  return (person) => people.find(({ id }) => id === person)?.name ?? person;
}
