import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { startRealSite } from "../test/cluster/start-real-site.ts";
import { testbed, WITHOUT } from "../test/cluster/testbed.ts";
import { RECORDED_REPOSITORY } from "../test/sandbox/cluster/controllers/recorded-manifests.ts";
import { namespacesOf, type Recording, recordings } from "../test/sandbox/cluster/controllers/recordings.ts";
import { readObjects } from "./read-objects.ts";
import { readVersions } from "./read-versions.ts";

/**
 * Records again what a real cluster says: gives a testbed what test/sandbox/cluster/controllers/recordings.ts says, and
 * keeps what becomes of it in test/fixtures/cluster, with the versions of what said it. Fixtures' names as arguments
 * choose some. Those of one fault are recorded side by side; all of them take twenty minutes.
 */
const at = testbed();
if (!at) throw new Error(WITHOUT);
const wanted = process.argv.slice(2);
const strange = wanted.filter((name) => !recordings[name]);
if (strange.length > 0) throw new Error(`no such recording: ${strange}; there are ${Object.keys(recordings)}`);

const site = await startRealSite(at);
const beside = { git: site.git.url, login: site.registry.login };
const scratch = await mkdtemp(join(tmpdir(), "slipway-record-"));
const made = new Set<string>();
try {
  site.git.commit("app", RECORDED_REPOSITORY, "The first commit");
  await site.registry.push("acme/app:1");
  await site.registry.push("acme/arm:1", "arm64");
  await at.testbed("dns", "set", "record.rrr.test", at.node);
  const versions = await readVersions(at);
  const chosen = Object.entries(recordings).filter(([name]) => wanted.length === 0 || wanted.includes(name));
  const faults = [...new Set([undefined, ...chosen.map(([, { fault }]) => fault)])];
  for (const fault of faults)
    await record(
      fault,
      chosen.filter(([, each]) => each.fault === fault),
      versions,
    );
} finally {
  for (const name of made) await at.kubectl("delete", "namespace", name, "--wait=false", "--ignore-not-found");
  await at.testbed("dns", "unset", "record.rrr.test");
  await site.close();
  await rm(scratch, { recursive: true });
}

async function record(fault: Recording["fault"], chosen: [string, Recording][], versions: object): Promise<void> {
  // What is cut off has been there before.
  if (chosen.some(([, { also = [] }]) => also.length > 0)) {
    await give("launch-ready", recordings["launch-ready"]);
    await sleep(30_000);
  }
  await broken(fault, true);
  try {
    for (const [name, recording] of chosen) await give(name, recording);
    for (const name of chosen.flatMap(([, { also = [] }]) => also))
      await at?.kubectl("-n", name, "annotate", "gitrepository/app", `reconcile.fluxcd.io/requestedAt=${Date.now()}`);
    const started = Date.now();
    const later = chosen.flatMap(([name, { given, afterwards = [] }]) =>
      afterwards.map(async ({ seconds, kubectl }) => {
        await sleep(started + seconds * 1000 - Date.now());
        const [namespace = name] = namespacesOf(given(beside));
        await at?.kubectl("-n", namespace, ...kubectl);
      }),
    );
    for (const [name, recording] of chosen.toSorted(([, a], [, b]) => a.seconds - b.seconds)) {
      await sleep(Math.max(0, started + recording.seconds * 1000 - Date.now()));
      await keep(name, recording, versions);
    }
    await Promise.all(later);
  } finally {
    await broken(fault, false);
  }
}

async function give(name: string, recording: Recording | undefined): Promise<void> {
  const given = recording?.given(beside) ?? [];
  const namespaces = namespacesOf(given).filter((each) => !made.has(each));
  if (namespaces.length === 0) return;
  for (const each of namespaces) made.add(each);
  const items = [
    ...namespaces.map((each) => ({ apiVersion: "v1", kind: "Namespace", metadata: { name: each } })),
    ...given,
  ];
  const file = join(scratch, `${name}.json`);
  await writeFile(file, JSON.stringify({ apiVersion: "v1", kind: "List", items }));
  await at?.kubectl("create", "-f", file);
}

async function keep(name: string, recording: Recording, versions: object): Promise<void> {
  if (!at) return;
  const namespaces = [...namespacesOf(recording.given(beside)), ...(recording.also ?? [])];
  const { objects, events } = await readObjects(at, namespaces, recording.kinds);
  const fixture = { recorded: versions, note: recording.note, objects, events };
  const file = new URL(`../test/fixtures/cluster/${name}.json`, import.meta.url);
  await writeFile(file, `${JSON.stringify(fixture, undefined, 1)}\n`);
  process.stdout.write(`✔ ${name}: ${objects.length} objects, ${events.length} events\n`);
}

async function broken(fault: Recording["fault"], begins: boolean): Promise<void> {
  switch (fault) {
    // The default: an open registry.
    case undefined:
      await at?.testbed("ghcr", `http://${at.registry}`);
      return;
    case "registry private":
      return await site.registry.comeBack();
    case "registry gone":
      return await (begins ? site.registry.leave() : site.registry.comeBack());
    case "git cut":
      return await (begins ? site.git.cut() : site.git.mend());
    case "port 80 closed":
      return await (begins ? site.firewall.close(80) : site.firewall.open(80));
  }
}
