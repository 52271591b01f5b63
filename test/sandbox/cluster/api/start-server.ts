import { KubeConfig } from "@kubernetes/client-node";
import { onTestFinished } from "vitest";
import { type ApiServerOptions, startApiServer } from "../../../../src/sandbox/cluster/api/start-api-server.ts";
import { createStore } from "../../../../src/sandbox/cluster/create-store.ts";
import { createWorld } from "../../../../src/sandbox/shared/create-world.ts";
import type { RecordedCall } from "../../../../src/sandbox/shared/world.ts";
import { connection } from "../../../contract/connection.ts";

/** A server of the running test's own, closed with it. */
export async function startServer(options: Pick<ApiServerOptions, "podLogs"> = {}) {
  const calls: RecordedCall[] = [];
  const world = createWorld({ record: (call) => calls.push(call) });
  const store = createStore({ world });
  const server = await startApiServer({ port: 0, host: "127.0.0.1", store, world, ...options });
  onTestFinished(() => server.close());
  const configOf = (user?: string) => {
    const config = new KubeConfig();
    config.loadFromString(server.kubeconfig(user));
    return config;
  };
  return { server, store, calls, configOf, config: configOf(), send: connection(configOf()).send };
}
