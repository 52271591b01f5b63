import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { CoreV1Api, KubeConfig } from "@kubernetes/client-node";
import { type Control, createStore, type Store, startApiServer, startControllers } from "./cluster/index.ts";
import type { GitHubPart } from "./github/index.ts";
import { installManifests } from "./install-manifests.ts";
import type { Flags } from "./read-flags.ts";
import type { Part, World } from "./shared/world.ts";
import { startVantage } from "./start-vantage.ts";

/** Either cluster, as the rest of the sandbox sees it. */
export interface ClusterSide extends Part {
  /** An administrator's. */
  kubeconfig: string;
  botKubeconfigFile: string;
  /** What of the bot's environment depends on the cluster. */
  environment: Record<string, string>;
  /** The simulated one only. */
  simulated?: { store: Store; control: Control; routeUrl(host: string): string };
}

export interface ClusterOptions {
  flags: Flags;
  port: number;
  routePort: number;
  vantagePort: number;
  world: World;
  github: GitHubPart;
  dataDir: string;
}

const ACCOUNT = { namespace: "slipway-system", name: "slipway" };
const BOT = `system:serviceaccount:${ACCOUNT.namespace}:${ACCOUNT.name}`;
/** Longer than anybody keeps a sandbox open. */
const TOKEN_SECONDS = 7 * 24 * 60 * 60;
const PUBLIC = { address: "49.232.237.136", port: 80 };

export async function startCluster(options: ClusterOptions): Promise<ClusterSide> {
  const { kubeconfig } = options.flags;
  return kubeconfig === undefined ? startSimulated(options) : joinReal(kubeconfig, options);
}

async function startSimulated({
  port,
  routePort,
  vantagePort,
  world,
  github,
  dataDir,
  flags,
}: ClusterOptions): Promise<ClusterSide> {
  const store = createStore({ world });
  const directory = join(dataDir, "cluster");
  await mkdir(directory, { recursive: true });
  const controllers = await startControllers({
    store,
    world,
    mirrors: { "ghcr.io": github.registryUrl },
    routePort,
    host: "127.0.0.1",
    dataDir: directory,
    onError: (controller, key, error) =>
      process.emitWarning(new Error(`${controller} met what it does not expect at ${key}`, { cause: error })),
  });
  const api = await startApiServer({ port, host: "127.0.0.1", store, world, podLogs: controllers.podLogs });
  const kubeConfig = new KubeConfig();
  kubeConfig.loadFromString(api.kubeconfig());
  await installManifests(kubeConfig);
  const vantage = await startVantage({
    port: vantagePort,
    world,
    routePort: controllers.routePort,
    publicAddress: PUBLIC.address,
    publicPort: PUBLIC.port,
    outside: controllers.control.outside,
  });
  return {
    url: api.url,
    kubeconfig: api.kubeconfig(),
    botKubeconfigFile: await keep(join(directory, "bot.kubeconfig"), api.kubeconfig(BOT)),
    environment: {
      BASE_DOMAIN: flags.domain ?? "localhost",
      ROUTE_SCHEME: "http",
      ROUTE_PORT: String(controllers.routePort),
      VANTAGES: `elsewhere=${vantage.url}`,
      VANTAGE_SECRET: "sandbox-vantage-secret",
    },
    simulated: { store, control: controllers.control, routeUrl: controllers.routeUrl },
    async close() {
      await vantage.close();
      await controllers.close();
      await api.close();
    },
  };
}

/** A real one: Slipway's manifests are applied as an operator would; the rest is as it is. */
async function joinReal(file: string, { flags, dataDir }: ClusterOptions): Promise<ClusterSide> {
  const kubeConfig = new KubeConfig();
  kubeConfig.loadFromFile(file);
  await installManifests(kubeConfig);
  const kubeconfig = kubeConfig.exportConfig();
  return {
    url: kubeConfig.getCurrentCluster()?.server ?? "",
    kubeconfig,
    botKubeconfigFile: await keep(join(dataDir, "bot.kubeconfig"), await asTheBot(kubeConfig)),
    environment: {
      // A domain of one's own gets certificates; the made-up one could never.
      ...(flags.domain === undefined
        ? { BASE_DOMAIN: "sandbox.test", CLUSTER_ISSUER: "none" }
        : { BASE_DOMAIN: flags.domain }),
      ...passedOn("VANTAGES", "VANTAGE_SECRET"),
    },
    close: async () => {},
  };
}

/** With the rights of the bot's own ServiceAccount and no others, as in a pod of its Deployment. */
async function asTheBot(administrator: KubeConfig): Promise<string> {
  const { status } = await administrator.makeApiClient(CoreV1Api).createNamespacedServiceAccountToken({
    ...ACCOUNT,
    body: { spec: { audiences: [], expirationSeconds: TOKEN_SECONDS } },
  });
  const cluster = administrator.getCurrentCluster();
  if (!status || !cluster) throw new Error("the cluster gave no token for the bot");
  const bot = new KubeConfig();
  bot.loadFromOptions({
    clusters: [cluster],
    users: [{ name: ACCOUNT.name, token: status.token }],
    contexts: [{ name: ACCOUNT.name, cluster: cluster.name, user: ACCOUNT.name }],
    currentContext: ACCOUNT.name,
  });
  return bot.exportConfig();
}

/** What looks at a real cluster from outside is the operator's to name. */
function passedOn(...names: string[]): Record<string, string> {
  return Object.fromEntries(
    names.flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]]])),
  );
}

async function keep(file: string, text: string): Promise<string> {
  await writeFile(file, text, { mode: 0o600 });
  return file;
}
