import { execFile } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { parseArgs, promisify } from "node:util";
import { cloneUrlOf } from "../../../src/sandbox/clone-url-of.ts";
import { imageLayer } from "../../cluster/image-layer.ts";
import { startRealWorld } from "../../cluster/start-real-world.ts";
import { testbed, WITHOUT } from "../../cluster/testbed.ts";
import { median } from "../scale/median.ts";
import { ownShare } from "./own-share.ts";
import { plainWay } from "./plain-way.ts";
import { type Marks, watchMarks } from "./watch-marks.ts";

// A launch by Slipway beside the same launch by a script of kubectl, curl and git (by-hand.sh), in turns, on a real
// cluster with the sandbox's GitHub; and the kubelet's back-off beside both. Prints medians.

const run = promisify(execFile);
const BY_HAND = fileURLToPath(new URL("by-hand.sh", import.meta.url));
const DOMAIN = "rrr.test";
const MODEL = "benchmodel";

interface Launch {
  marks: Marks;
  asked: number;
  ended: number;
}

const { values } = parseArgs({
  options: { rounds: { type: "string", default: "5" }, json: { type: "string" } },
});
const rounds = Number(values.rounds);
const at = testbed();
const root = process.env.TESTBED_ACME_ROOT;
if (!at || !root) throw new Error(WITHOUT);

const work = await mkdtemp(join(tmpdir(), "slipway-bench-"));
process.env.NODE_EXTRA_CA_CERTS = root;
const layer = await imageLayer(at, work);
const world = await startRealWorld(
  at,
  ...["--domain", DOMAIN, "--image-layer", layer, "--image-entrypoint", "/srv/server"],
);
const { github } = world.sandbox;
// The bot is a process of its own, and would go on.
for (const signal of ["SIGINT", "SIGTERM"] as const)
  process.once(signal, () => void world.sandbox.close().finally(() => process.exit(1)));
const watched = await watchMarks({
  github,
  kubeconfig: at.kubeconfig,
  node: at.node,
  domain: DOMAIN,
  ca: await readFile(root),
});

/** Names are never used twice: what is left of an earlier certificate or route would make the next one faster. */
async function launch(name: string, how: (name: string) => Promise<void>): Promise<Launch> {
  await at?.testbed("dns", "set", `${name}.${DOMAIN}`, at.node);
  const asked = performance.now();
  await how(name);
  return { marks: watched.of(name), asked, ended: performance.now() };
}

async function bySlipway(name: string): Promise<void> {
  await world.say(`/project create ${name} template=node-service`);
  while (!world.thread(name)[0]?.[0]?.includes("· live ·")) await sleep(20);
}

async function byHand(name: string): Promise<void> {
  const { environment } = world.sandbox;
  const child = execFile("bash", [BY_HAND], {
    env: {
      ...environment,
      PATH: process.env.PATH,
      HOME: work,
      KUBECONFIG: at?.kubeconfig,
      NAME: name,
      FILES: join(work, "model"),
      OLD: MODEL,
      OWNER: "acme",
      GITHUB_TOKEN: github.token,
      CLUSTER_GIT_URL: github.serverUrl.replace("127.0.0.1", at?.node ?? ""),
      DOMAIN,
      ACME_ROOT: root,
      NODE: at?.node,
    },
  });
  let said = "";
  child.stderr?.on("data", (chunk: string) => {
    said = (said + chunk).slice(-2_000);
  });
  const [code] = await once(child, "exit");
  if (code !== 0) throw new Error(`by-hand.sh ended with ${code}: ${said}`);
}

async function forget(name: string): Promise<void> {
  await at?.kubectl("delete", "namespace", name, "--timeout=60s");
  const authorization = `Bearer ${github.token}`;
  await fetch(`${github.apiUrl}/repos/acme/${name}`, { method: "DELETE", headers: { authorization } });
  await at?.testbed("dns", "unset", `${name}.${DOMAIN}`);
}

const slipway: Launch[] = [];
const script: Launch[] = [];
try {
  const plain = Promise.all([1, 2, 3].map((number) => plainWay(at, `bench-plain-${number}`)));
  // Unmeasured: what is asked for the first time is slower for whoever asks first.
  await launch(MODEL, bySlipway);
  await run("git", ["clone", "--quiet", cloneUrlOf(github, `acme/${MODEL}`), join(work, "model")]);
  await world.remove(MODEL);
  for (let round = 1; round <= rounds; round += 1) {
    slipway.push(await launch(`bench-s${round}`, bySlipway));
    await world.remove(`bench-s${round}`);
    script.push(await launch(`bench-h${round}`, byHand));
    await forget(`bench-h${round}`);
  }
  const waited = await plain;
  report(waited);
  if (values.json) await writeFile(values.json, JSON.stringify({ slipway, script, plain: waited }, null, 2));
} finally {
  watched.stop();
  await world.sandbox.close();
  await rm(work, { recursive: true, force: true });
}

function report(plain: number[]): void {
  const since = (mark: keyof Marks) => (all: Launch[]) =>
    seconds(all.map(({ marks, asked }) => (marks[mark] ?? Number.NaN) - asked));
  const between = (from: keyof Marks, to: keyof Marks) => (all: Launch[]) =>
    seconds(all.map(({ marks }) => (marks[to] ?? Number.NaN) - (marks[from] ?? Number.NaN)));
  const rows: [string, (all: Launch[]) => string][] = [
    ["whole launch", (all) => seconds(all.map(({ asked, ended }) => ended - asked))],
    ["of that, its own share", (all) => seconds(all.map((each) => ownShare(each.marks, each.asked, each.ended)))],
    ["asked → build begins", since("run")],
    ["build", between("run", "image")],
    ["image there → pod", between("image", "pod")],
    ["image there → container started", between("image", "started")],
    ["pod → ready", between("pod", "ready")],
    ["certificate asked → issued", between("certificate", "issued")],
    ["issued → served by Traefik", between("issued", "served")],
    ["served → told", (all) => seconds(all.map(({ marks, ended }) => ended - (marks.served ?? Number.NaN)))],
  ];
  process.stdout.write(`Medians of ${rounds} launches each, in turns, seconds:

| | Slipway | script |
| --- | --- | --- |
${rows.map(([name, of]) => `| ${name} | ${of(slipway)} | ${of(script)} |`).join("\n")}

The plain way, a Deployment applied two minutes before its image: image there → container started ${seconds(plain)}
`);
}

function seconds(milliseconds: number[]): string {
  return (median(milliseconds) / 1000).toFixed(2);
}
