/**
 * Memory, CPU and delay with many projects: `node test/bench/scale/main.ts [--projects 1000,10000] [--json FILE]`.
 * It needs etcd and kube-apiserver (or `kube`) on PATH, and touches no other cluster.
 *
 * - An API server of its own, with no controller beside it, holds of each project what a launch left on a real cluster
 *   (live-project.json): a Project, its namespace, GitRepository, Kustomization, Deployment, two pods, Service,
 *   EndpointSlice, Ingress and Certificate, with the managed fields that writing them gives.
 * - Watches: src/cluster in a process of its own, beside @kubernetes/client-node's informers of the same kinds by the same
 *   selectors in another. Each is started alone; then both get the same updates of status, ten a second. RSS, its highest
 *   and CPU are the kernel's. V8 is set up as in the bot's pod (pod.ts), and sources are compiled as in its image
 *   (fill-compile-cache.ts), for both.
 * - The whole bot (src/main.ts), with the sandbox's Slack and GitHub, at the smallest number of projects: started until
 *   each was looked at; then a source fails and the time to Slack's message is taken; then it is restarted. At larger
 *   numbers it stands by beside another that leads, as looking at each takes GitHub's hourly limit.
 *
 * All are medians; `--repetitions`, `--churn SECONDS` and `--only watches|bot` make a run shorter.
 */
import { writeFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import { installManifests } from "../../../src/sandbox/install-manifests.ts";
import { startApiServer } from "../start-api-server.ts";
import { compareWatches } from "./compare-watches.ts";
import { installDefinitions } from "./definitions.ts";
import { fillCompileCache } from "./fill-compile-cache.ts";
import { callsOf, loadProjects } from "./load-projects.ts";
import { measureBot } from "./measure-bot.ts";
import { measureStandby } from "./measure-standby.ts";
import { type Results, tableOf } from "./table-of.ts";

const { values } = parseArgs({
  options: {
    projects: { type: "string", default: "1000,10000" },
    repetitions: { type: "string" },
    churn: { type: "string", default: "30" },
    only: { type: "string" },
    json: { type: "string" },
  },
});
const sizes = values.projects.split(",").map(Number);
const say = (line: string) => void process.stderr.write(`${new Date().toISOString().slice(11, 19)} ${line}\n`);

const server = await startApiServer();
try {
  await installManifests(server.kubeConfig);
  const call = callsOf(server);
  await installDefinitions(call);
  await fillCompileCache(server);
  const results: Results = { node: process.version, watches: {}, standby: {} };
  let loaded = 0;
  for (const projects of sizes.sort((a, b) => a - b)) {
    await loadProjects(loaded, projects, call);
    say(`${projects} projects are there`);
    const first = loaded === 0;
    loaded = projects;
    const repetitions = Number(values.repetitions ?? (projects > 2_000 ? 2 : 3));
    const given = { projects, repetitions, churnSeconds: Number(values.churn), warnings: repetitions * 2, say };
    if (values.only !== "bot") results.watches[projects] = await compareWatches(server, call, given);
    if (values.only === "watches") continue;
    if (first) results.bot = { projects, ...(await measureBot(server, call, given)) };
    else results.standby[projects] = await measureStandby(server, call, given);
  }
  process.stdout.write(`${tableOf(results)}\n`);
  if (values.json !== undefined) await writeFile(values.json, `${JSON.stringify(results, null, 2)}\n`);
} finally {
  await server.close();
}
