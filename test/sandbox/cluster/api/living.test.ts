import { request } from "node:https";
import { setTimeout as sleep } from "node:timers/promises";
import { Watch } from "@kubernetes/client-node";
import { expect, test, vi } from "vitest";
import { expectNone, heedTroubles } from "../../heed-troubles.ts";
import { startServer } from "./start-server.ts";

const PATH = "/api/v1/namespaces/default/configmaps";
const BUSY = { apiVersion: "v1", kind: "ConfigMap", namespace: "default", name: "busy" };

/** A server whose one ConfigMap changes every two milliseconds until `done`. */
async function startBusyServer() {
  const started = await startServer();
  const { store } = started;
  const { namespace, name, ...type } = BUSY;
  store.create({ ...type, metadata: { name, namespace } });
  const change = (round: number) => store.mergePatch(BUSY, { data: { x: String(round).padEnd(20_000) } });
  const changeUntil = async (done: () => boolean) => {
    for (let round = 0; !done(); round += 1) {
      change(round);
      await sleep(2);
    }
  };
  const open = async (query: string, heard: (chunk: Buffer) => void) => {
    const options = {};
    await started.config.applyToHTTPSOptions(options);
    const url = `${started.config.getCurrentCluster()?.server}${PATH}?watch=true&${query}`;
    return request(url, options, (response) => response.on("data", heard))
      .on("error", () => {})
      .end();
  };
  return { ...started, changeUntil, open };
}

test("watches whose time is up while things change end for their clients, and the server goes on", async () => {
  const troubles = heedTroubles();
  const { config, changeUntil, send, server } = await startBusyServer();
  const errors: unknown[] = [];
  for (let count = 0; count < 20; count += 1)
    await new Watch(config).watch(
      PATH,
      { allowWatchBookmarks: true, timeoutSeconds: 1 },
      () => {},
      (error) => errors.push(error),
    );
  await changeUntil(() => errors.length === 20);
  expect(errors).toEqual(Array(20).fill(null));
  expect(server.control.openWatches()).toBe(0);
  expect((await send("GET", "/readyz")).status).toBe(200);
  await expectNone(troubles);
});

test("a watcher that does not read is told no more once its time is up", async () => {
  const troubles = heedTroubles();
  const { open, changeUntil, send } = await startBusyServer();
  const call = await open("timeoutSeconds=1", () => {});
  call.once("response", (response) => response.pause());
  const until = performance.now() + 1_500;
  await changeUntil(() => performance.now() > until);
  call.destroy();
  expect((await send("GET", "/readyz")).status).toBe(200);
  await expectNone(troubles);
});

test("watchers that go away in the middle are forgotten, and cost nobody else anything", async () => {
  const troubles = heedTroubles();
  const { open, changeUntil, server } = await startBusyServer();
  const calls = await Promise.all(
    Array.from({ length: 20 }, async () => {
      let heard = 0;
      const call = await open("allowWatchBookmarks=true", (chunk) => {
        heard += chunk.length;
        if (heard > 50_000) call.destroy();
      });
      return call;
    }),
  );
  await changeUntil(() => calls.every((call) => call.destroyed));
  await vi.waitUntil(() => server.control.openWatches() === 0);
  await expectNone(troubles);
});
