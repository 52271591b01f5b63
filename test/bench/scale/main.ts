import { writeFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import { installManifests } from "../../../src/sandbox/install-manifests.ts";
import { startApiServer } from "../start-api-server.ts";
import { type Comparison, compareWatches } from "./compare-watches.ts";
import { installDefinitions } from "./definitions.ts";
import { callsOf, loadProjects } from "./load-projects.ts";
import { tableOf } from "./table-of.ts";

const { values } = parseArgs({
  options: {
    projects: { type: "string", default: "1000,10000" },
    repetitions: { type: "string" },
    churn: { type: "string", default: "60" },
    json: { type: "string" },
  },
});
const sizes = values.projects
  .split(",")
  .map(Number)
  .sort((a, b) => a - b);
const say = (line: string) => void process.stderr.write(`${new Date().toISOString().slice(11, 19)} ${line}\n`);

const server = await startApiServer();
try {
  await installManifests(server.kubeConfig);
  const call = callsOf(server);
  await installDefinitions(call);
  const watches: Record<number, Comparison> = {};
  let loaded = 0;
  for (const projects of sizes) {
    await loadProjects(loaded, projects, call);
    say(`${projects} projects are there`);
    loaded = projects;
    const repetitions = Number(values.repetitions ?? (projects > 2_000 ? 3 : 5));
    watches[projects] = await compareWatches(server, call, {
      ...{ projects, repetitions, say },
      churnSeconds: Number(values.churn),
    });
  }
  const results = { node: process.version, watches };
  process.stdout.write(`${tableOf(results)}\n`);
  if (values.json !== undefined) await writeFile(values.json, `${JSON.stringify(results, null, 2)}\n`);
} finally {
  await server.close();
}
