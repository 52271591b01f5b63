/**
 * Whether the sandbox lives: `npm run soak [MINUTES]` (60), at the pace of the real world. All of it in this process, the
 * bot beside it: a launch now and then, pushes to what is live, a source that times out for a while, a browser that
 * looks on and comes and goes. Each minute a line with memory and what went wrong; at the end what was seen, and exit
 * code 1 if anything was warned of or left unheard by its request, or what was launched or pushed did not arrive.
 */
import { setTimeout as sleep } from "node:timers/promises";
import { readFlags } from "../../../src/sandbox/read-flags.ts";
import { startSandbox } from "../../../src/sandbox/start-sandbox.ts";
import { processUse } from "../scale/process-use.ts";
import { createDeveloper } from "./developer.ts";
import { lookOn } from "./look-on.ts";
import { report, type Sample } from "./report.ts";
import { tallyCalls } from "./tally-calls.ts";

const minutes = Number(process.argv[2] ?? 60);
if (!(minutes > 0)) throw new Error(`minutes is a number above 0, not ${process.argv[2]}`);
const MINUTE = 60_000;
const LAUNCHES_AT_MOST = 8;

const say = (line: string) => void process.stdout.write(`${new Date().toISOString().slice(11, 19)} ${line}\n`);
const unheard: string[] = [];
const warnings: string[] = [];
for (const event of ["uncaughtException", "unhandledRejection"] as const)
  process.on(event, (error: unknown) => {
    unheard.push(error instanceof Error ? (error.stack ?? error.message) : String(error));
    say(`unheard: ${unheard.at(-1)}`);
  });
process.on("warning", (warning) => {
  warnings.push(warning.stack ?? warning.message);
});

const sandbox = await startSandbox(readFlags(["--port", "0", "--speed", "1"]));
const ended = new AbortController();
for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => ended.abort());
const developer = createDeveloper(sandbox, say);
const tally = tallyCalls(sandbox.calls);
const onlooker = lookOn(sandbox, ended.signal);
const samples: Sample[] = [];
const started = Date.now();
const { pid } = sandbox.bot ?? {};
if (pid === undefined) throw new Error("the bot has no process");

try {
  for (let minute = 0; minute < minutes && !ended.signal.aborted; minute += 1) {
    // The last minutes launch nothing, so that all of it can arrive.
    const begins = minute < Math.max(1, minutes - 5);
    if (begins && minute % 6 === 0 && developer.launched() < LAUNCHES_AT_MOST) await developer.launch();
    if (begins && minute % 2 === 1) await developer.push();
    if (minute % 20 === 12) await sandbox.director.start("flux-timeout");
    if (minute % 20 === 15) await sandbox.director.stop("flux-timeout");
    const until = started + (minute + 1) * MINUTE;
    while (Date.now() < until && !ended.signal.aborted) {
      developer.look();
      tally.look();
      await sleep(1_000);
    }
    const sample = { minute: minute + 1, sandbox: processUse(process.pid), bot: processUse(pid) };
    samples.push(sample);
    const { live, deployed } = developer.seen();
    say(
      `${sample.minute} min: sandbox ${Math.round(sample.sandbox.rssMb)} MB, bot ${Math.round(sample.bot.rssMb)} MB, ` +
        `${live} live, ${deployed} deployed, ${warnings.length} warnings, ${unheard.length} unheard`,
    );
  }
} finally {
  ended.abort();
  await onlooker;
  await sandbox.close();
}
const { text, sound } = report({ samples, calls: tally.counts(), developer: developer.seen(), warnings, unheard });
process.stdout.write(`${text}\n`);
process.exit(sound ? 0 : 1);
