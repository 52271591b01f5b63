import { KubeConfig } from "@kubernetes/client-node";
import { afterAll } from "vitest";
import { type ApiServer, startApiServer } from "../../../../src/sandbox/cluster/api/start-api-server.ts";
import { createStore } from "../../../../src/sandbox/cluster/create-store.ts";
import { createWorld } from "../../../../src/sandbox/shared/create-world.ts";
import { connection } from "../../../contract/connection.ts";
import { contract } from "../../../contract/contract.ts";

let server: Promise<ApiServer> | undefined;

contract("the sandbox's cluster", async () => {
  const world = createWorld({});
  server ??= startApiServer({ port: 0, host: "127.0.0.1", store: createStore({ world }), world });
  const config = new KubeConfig();
  const { kubeconfig, control } = await server;
  config.loadFromString(kubeconfig());
  return { ...connection(config), forget: control.expireHistory };
});

afterAll(async () => {
  await (await server)?.close();
});
