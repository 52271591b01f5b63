import { mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { botEnvironment } from "./bot-environment.ts";
import { createConsole, type WorldView } from "./console/index.ts";
import { freePort } from "./free-port.ts";
import { runtimeFiles, startGitHub } from "./github/index.ts";
import { type Flags, UsageError } from "./read-flags.ts";
import type { Sandbox } from "./sandbox.ts";
import { createDirector } from "./scenarios/director.ts";
import { serveBeside } from "./serve-beside.ts";
import { createWorld } from "./shared/create-world.ts";
import type { Part, RecordedCall } from "./shared/world.ts";
import { startSlack } from "./slack/index.ts";
import { startBot } from "./start-bot.ts";
import { startCluster } from "./start-cluster.ts";
import { worldViewOf } from "./world-view-of.ts";

const CALLS_KEPT = 500;

const EMPTY_WORLD: WorldView = {
  clock: { now: "", speed: 1 },
  scenarios: [],
  repositories: [],
  objects: [],
  calls: [],
  links: [],
};

/** Slack, GitHub, a cluster and the bot, as one process tree. `close` ends all of it. */
export async function startSandbox(flags: Flags): Promise<Sandbox> {
  const calls: RecordedCall[] = [];
  const world = createWorld({
    seed: flags.seed,
    speed: flags.speed,
    record: (call) => {
      calls.push(call);
      if (calls.length > CALLS_KEPT) calls.shift();
    },
  });
  const dataDir = flags.keep === undefined ? await mkdtemp(join(tmpdir(), "slipway-sandbox-")) : resolve(flags.keep);
  await mkdir(dataDir, { recursive: true });
  if ((await readdir(dataDir)).length > 0)
    throw new UsageError(`--keep takes a new or empty directory, and ${dataDir} has something in it`);
  const parts: Part[] = [];
  const started = <T extends Part>(part: T): T => {
    parts.push(part);
    return part;
  };
  const close = async () => {
    for (const part of parts.reverse()) await part.close();
    parts.length = 0;
    if (flags.keep === undefined) await rm(dataDir, { recursive: true, force: true });
  };
  const port = (offset: number) => (flags.port === 0 ? 0 : flags.port + offset);

  try {
    // The page is served where the Slack is, but shows a world that is not there yet.
    const view: { sandbox?: Sandbox } = {};
    const page = createConsole({
      worldView: () => (view.sandbox ? worldViewOf(view.sandbox, view.sandbox.director) : EMPTY_WORLD),
      actions: {
        setSpeed: (speed) => world.clock.setSpeed(speed),
        startScenario: (name) => view.sandbox?.director.start(name),
        stopScenario: (name) => view.sandbox?.director.stop(name),
      },
    });
    const elsewhere = serveBeside(page);
    // A bot that runs in the cluster reaches Slack where it reaches git.
    const at = { host: flags.address === "127.0.0.1" ? flags.address : "0.0.0.0", address: flags.address };
    const slack = started(await startSlack({ port: port(0), ...at, world, elsewhere }));
    const github = started(
      await startGitHub({
        port: port(1),
        registryPort: port(2),
        host: "127.0.0.1",
        address: flags.address,
        world,
        owner: "acme",
        imageLayer: flags.imageLayer,
        imageEntrypoint: flags.imageEntrypoint,
        build: flags.build,
        // A real cluster has no Node for the tiny image.
        imageRuntime: flags.kubeconfig && !flags.build && !flags.imageLayer ? await runtimeFiles() : undefined,
        dataDir: join(dataDir, "github"),
      }),
    );
    const cluster = started(
      await startCluster({ flags, port: port(3), routePort: port(5), vantagePort: port(7), world, github, dataDir }),
    );
    const kubeconfigFile = resolve(flags.kubeconfigOut ?? join(dataDir, "kubeconfig"));
    await writeFile(kubeconfigFile, cluster.kubeconfig, { mode: 0o600 });
    const environment = botEnvironment({
      slack,
      github,
      cluster,
      port: port(4) || (await freePort()),
      metricsPort: port(6) || (await freePort()),
    });
    const sandbox: Sandbox = {
      ...{ world, slack, github, cluster, environment, calls, dataDir, kubeconfigFile, close },
      director: createDirector(() => sandbox),
    };
    view.sandbox = sandbox;
    for (const name of flags.scenarios) await sandbox.director.start(name);
    if (flags.only.length === 0) sandbox.bot = started(await startBot(environment, dataDir));
    return sandbox;
  } catch (error) {
    await close();
    throw error;
  }
}
