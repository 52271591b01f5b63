import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { KubeConfig } from "@kubernetes/client-node";
import type { TestContext } from "vitest";
import { connectByClient } from "../../src/cluster/connect-by-client.ts";
import type { Reading } from "../../src/cluster/reading.ts";
import { startReflector } from "../../src/cluster/reflector.ts";
import { createRequest } from "../../src/cluster/request.ts";

/** What becomes of a watch: it stands and says something, ends at once, is never answered, is held open without a word. */
export type Fate = "sound" | "ends" | "fails" | "hangs" | "mute";

/** Lists are answered as they should be, watches as the test wants, and a reflector is between the two. */
export async function startTroubledServer(
  fate: Fate,
  { onTestFinished }: Pick<TestContext, "onTestFinished">,
  options: { silenceMs?: number; patienceMs?: number; reading?: Reading } = {},
) {
  let now = fate;
  let lists = 0;
  const asked: (string | undefined)[] = [];
  const server = createServer((request, response) => {
    const watching = new URL(request.url ?? "/", "http://server").searchParams.get("watch") === "true";
    asked.push(request.headers.accept);
    response.setHeader("content-type", "application/json");
    if (!watching) {
      lists += 1;
      response.end(JSON.stringify({ metadata: { resourceVersion: String(lists) }, items: [] }));
    } else if (now === "ends") response.end();
    else if (now === "fails")
      response.end(`${JSON.stringify({ type: "ERROR", object: { code: 500, message: "etcdserver: no leader" } })}\n`);
    else if (now !== "hangs") {
      response.flushHeaders();
      const bookmark = { type: "BOOKMARK", object: { metadata: { resourceVersion: String(lists) } } };
      if (now === "sound") response.write(`${JSON.stringify(bookmark)}\n`);
    }
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  const { port } = server.address() as AddressInfo; // of a TCP listener
  const kubeConfig = new KubeConfig();
  kubeConfig.loadFromOptions({
    clusters: [{ name: "troubled", server: `http://127.0.0.1:${port}`, skipTLSVerify: true }],
    users: [{ name: "nobody" }],
    contexts: [{ name: "troubled", cluster: "troubled", user: "nobody" }],
    currentContext: "troubled",
  });
  const connection = connectByClient(kubeConfig);
  const reflector = startReflector({
    reading: { kind: "Service" },
    connection,
    request: createRequest(connection),
    intern: (text) => text,
    onChange: () => {},
    log: { debug() {}, info() {}, warn() {}, error() {} },
    ...options,
  });
  onTestFinished(() => {
    reflector.stop();
    server.close();
    server.closeAllConnections();
  });
  return {
    reflector,
    lists: () => lists,
    /** What each call said that it takes. */
    asked,
    become: (next: Fate) => {
      now = next;
      // What stands so far ends, as with a server that begins anew.
      server.closeAllConnections();
    },
  };
}
