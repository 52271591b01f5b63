/**
 * How long after a source's failure is seen Slack has the message that warns: `node test/bench/warn/main.ts [--projects 30]
 * [--warnings 30] [--rounds 1] [--early 0] [--before DIRECTORY]`. It needs etcd and kube-apiserver (or `kube`) on PATH.
 *
 * An API server of its own holds so many live projects; the whole bot leads beside the sandbox's Slack and GitHub, and once
 * each project was looked at, sources fail one after another, each of another project, more slowly than Slack's limit of a
 * message a second in a channel. `--early`: so many fail at once when the bot is ready, before it has looked at the others.
 * `--before`: a checkout of another version, measured in the same run, in turns.
 */
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import { WebClient } from "@slack/web-api";
import { installManifests } from "../../../src/sandbox/install-manifests.ts";
import { installDefinitions } from "../scale/definitions.ts";
import { fillCompileCache } from "../scale/fill-compile-cache.ts";
import { callsOf, loadProjects } from "../scale/load-projects.ts";
import { median } from "../scale/median.ts";
import { nameOf } from "../scale/objects-of.ts";
import { startBot } from "../scale/start-bot.ts";
import { startOutside } from "../scale/start-outside.ts";
import { warnSlack } from "../scale/warn-slack.ts";
import { startApiServer } from "../start-api-server.ts";
import { percentile } from "./percentile.ts";
import { restoreProjects } from "./restore-projects.ts";

/** Slack takes a message a second in a channel, and the bot heeds it. */
const APART_MS = 1_300;
const IDLE_SECONDS = 900;

const { values } = parseArgs({
  options: {
    projects: { type: "string", default: "30" },
    warnings: { type: "string", default: "30" },
    rounds: { type: "string", default: "1" },
    early: { type: "string", default: "0" },
    before: { type: "string" },
  },
});
const count = Number(values.projects);
const versions = [
  ...(values.before === undefined ? [] : [{ name: "before", main: join(values.before, "src/main.ts") }]),
  { name: "now", main: undefined },
];
const say = (line: string) => void process.stderr.write(`${new Date().toISOString().slice(11, 19)} ${line}\n`);

interface Measured {
  ready: number[];
  rss: number[];
  settle: number[];
  early: number[];
  warned: number[];
}

const server = await startApiServer();
try {
  await installManifests(server.kubeConfig);
  const call = callsOf(server);
  await installDefinitions(call);
  await fillCompileCache(server);
  await loadProjects(0, count, call);
  const outside = await startOutside(server);
  const slack = new WebClient(outside.slack.botToken, { slackApiUrl: outside.slack.apiUrl });
  const measured = new Map<string, Measured>(
    versions.map(({ name }) => [name, { ready: [], rss: [], settle: [], early: [], warned: [] }]),
  );
  try {
    for (let round = 0; round < Number(values.rounds); round += 1)
      for (const { name, main } of versions) {
        const of = measured.get(name);
        if (!of) continue;
        await restoreProjects(count, { call, slack, github: outside.github });
        const bot = await startBot(outside.environment, main);
        try {
          of.ready.push(bot.readySeconds);
          const began = performance.now();
          let next = 0;
          const warn = async () => {
            const { fromWatchSeconds } = await warnSlack(nameOf(next), {
              kubeConfig: server.kubeConfig,
              call,
              outside,
            });
            next += 1;
            await sleep(APART_MS);
            return fromWatchSeconds * 1_000;
          };
          while (next < Number(values.early)) of.early.push(await warn());
          const idle = await bot.idle(IDLE_SECONDS);
          of.settle.push((performance.now() - began) / 1_000);
          of.rss.push(bot.use().rssMb);
          say(`${name}: ${idle ? "each looked at" : "still looking"}, ${JSON.stringify(bot.use())}`);
          const until = Math.min(count, next + Number(values.warnings));
          while (next < until) of.warned.push(await warn());
          say(`${name}: ${of.warned.map((each) => each.toFixed(0)).join(" ")}`);
        } finally {
          await bot.end();
        }
      }
  } finally {
    await outside.close();
  }
  const lines = [...measured].map(([name, of]) => {
    const figures = [
      of.warned.length,
      ...[0.5, 0.9, 0.99].map((share) => `${percentile(of.warned, share).toFixed(0)} ms`),
      of.early.length === 0 ? "" : `${Math.max(...of.early).toFixed(0)} ms`,
      `${median(of.ready).toFixed(1)} s`,
      `${median(of.settle).toFixed(0)} s`,
      `${median(of.rss).toFixed(0)} MB`,
    ];
    return `| ${count} | ${[name, ...figures].join(" | ")} |`;
  });
  process.stdout.write(
    `| projects | version | warnings | p50 | p90 | p99 | slowest after the start | start to ready | each looked at after | RSS then |
| ---: | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |
${lines.join("\n")}
`,
  );
} finally {
  await server.close();
}
process.exit(0);
