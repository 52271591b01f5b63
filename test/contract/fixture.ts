import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, expect, vi } from "vitest";
import type { Connection } from "./connection.ts";
import { GROUP, WIDGET_DEFINITION } from "./objects.ts";

export interface Fixture {
  server: Connection;
  /** A namespace of this suite alone, named `contract-…`. */
  namespace: string;
  core: string;
  apps: string;
  rbac: string;
  widgets: string;
  /** Asks until the answer satisfies, for what controllers do in their own time. */
  eventually(ask: () => Promise<boolean>): Promise<void>;
}

/** Connects, makes the suite's namespace and, once for all suites, the custom kind; takes the namespace away at the end. */
export function fixture(connect: () => Promise<Connection>): Fixture {
  const namespace = `contract-${randomBytes(4).toString("hex")}`;
  const made: Fixture = {
    server: unconnected(),
    namespace,
    core: `/api/v1/namespaces/${namespace}`,
    apps: `/apis/apps/v1/namespaces/${namespace}`,
    rbac: `/apis/rbac.authorization.k8s.io/v1/namespaces/${namespace}`,
    widgets: `/apis/${GROUP}/v1/namespaces/${namespace}/widgets`,
    eventually: async (ask) => {
      await vi.waitUntil(ask, { timeout: 45_000, interval: 50 });
    },
  };
  beforeAll(async () => {
    made.server = await connect();
    const { send } = made.server;
    const definitions = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions";
    await send("POST", definitions, { body: WIDGET_DEFINITION });
    const reply = await send("POST", "/api/v1/namespaces", { body: { metadata: { name: namespace } } });
    expect(reply.status).toBe(201);
    await made.eventually(async () => (await send("GET", `${made.core}/serviceaccounts/default`)).status === 200);
    await made.eventually(async () => (await send("GET", made.widgets)).status === 200);
  });
  afterAll(async () => {
    await made.server.send("DELETE", `/api/v1/namespaces/${namespace}`);
  });
  return made;
}

function unconnected(): Connection {
  const early = () => {
    throw new Error("not connected before beforeAll");
  };
  return {
    get config() {
      return early();
    },
    send: early,
  };
}
