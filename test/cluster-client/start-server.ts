import { KubeConfig } from "@kubernetes/client-node";
import { parse } from "yaml";
import { crdYaml } from "../../scripts/crd-yaml.ts";
import { connectByClient } from "../../src/cluster/connect-by-client.ts";
import type { Connection } from "../../src/cluster/connection.ts";
import { createCluster } from "../../src/cluster/create-cluster.ts";
import { createConnection } from "../../src/cluster/create-connection.ts";
import { plainKubeconfig } from "../../src/cluster/plain-kubeconfig.ts";
import { createProjects } from "../../src/cluster/projects.ts";
import { createRequest } from "../../src/cluster/request.ts";
import { evidence } from "../../src/evidence/index.ts";
import { type ApiServer, startApiServer } from "../../src/sandbox/cluster/api/start-api-server.ts";
import { createStore } from "../../src/sandbox/cluster/create-store.ts";
import { createWorld } from "../../src/sandbox/shared/create-world.ts";
import type { RecordedCall } from "../../src/sandbox/shared/world.ts";
import { definition } from "../builders/definition.ts";
import { startDoor } from "./start-door.ts";

/** How many stand where everything is served but cert-manager's. */
export const WATCHES = evidence.filter(({ watch }) => watch && !watch.whenServed).length;

const quiet = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };

/** The sandbox's API server with Slipway's kind, what was asked of it, and a way to be away for a while. */
export async function startServer() {
  const calls: RecordedCall[] = [];
  const world = createWorld({ record: (call) => calls.push(call) });
  const store = createStore({ world });
  store.create(parse(crdYaml()));
  store.create({ apiVersion: "v1", kind: "Namespace", metadata: { name: "slipway-system" } });
  for (const [group, kind, plural] of [
    ["source.toolkit.fluxcd.io", "GitRepository", "gitrepositories"],
    ["kustomize.toolkit.fluxcd.io", "Kustomization", "kustomizations"],
  ] as const)
    store.create(definition(group, kind, plural));
  const server: ApiServer = await startApiServer({ port: 0, host: "127.0.0.1", store, world });
  const door = await startDoor(Number(new URL(server.url).port));
  const running: { stop(): void }[] = [];

  return {
    store,
    calls,
    /** As of a kubeconfig file with a token. */
    connection(user?: string): Connection {
      const access = plainKubeconfig(parse(this.config(user).exportConfig()));
      if (!access) throw new Error("the sandbox's kubeconfig is not plain");
      return createConnection(access);
    },
    config: (user?: string) => {
      const config = new KubeConfig();
      config.loadFromString(server.kubeconfig(user).replace(server.url, `https://127.0.0.1:${door.port}`));
      return config;
    },
    control: server.control,
    away: door.shut,
    back: door.open,
    /** The client under test, whom it hinted at, and of what it warned. */
    connect(given: { config?: KubeConfig; silenceMs?: number; pageSize?: number; clock?: { now(): Date } } = {}) {
      const hints: string[] = [];
      const warnings: unknown[][] = [];
      const connection = given.config ? connectByClient(given.config) : this.connection();
      const cluster = createCluster({
        evidence,
        connection,
        namespace: "slipway-system",
        onHint: (project) => hints.push(project),
        clock: given.clock ?? { now: () => new Date() },
        log: { ...quiet, warn: (...said: unknown[]) => void warnings.push(said) },
        ...(given.silenceMs === undefined ? {} : { silenceMs: given.silenceMs }),
        ...(given.pageSize === undefined ? {} : { pageSize: given.pageSize }),
      });
      running.push(cluster);
      return { cluster, hints, warnings, projects: createProjects(createRequest(connection), "slipway-system") };
    },
    async close() {
      for (const each of running) each.stop();
      await door.shut().catch(() => {});
      await server.close();
    },
  };
}

export type Server = Awaited<ReturnType<typeof startServer>>;

/** Soon: there is no event for what another process has come to know. */
export async function soon(so: () => boolean | Promise<boolean>, milliseconds = 30_000): Promise<void> {
  const deadline = Date.now() + milliseconds;
  while (!(await so())) {
    if (Date.now() > deadline) throw new Error(`not so within ${milliseconds} ms: ${so}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
