import { once } from "node:events";
import { createServer, type ServerResponse } from "node:http";
import { json } from "node:stream/consumers";
import { expect, onTestFinished, test } from "vitest";
import { createWorld } from "../../src/sandbox/shared/create-world.ts";
import { startVantage } from "../../src/sandbox/start-vantage.ts";

test.each<[string, (response: ServerResponse) => void, object]>([
  ["an answer", (response) => response.end("ok"), { state: "answered", status: 200, body: "ok" }],
  ["a connection that is cut in the middle of the answer", cut, { state: "http-failed", detail: expect.any(String) }],
  ["a connection that is cut before it", (response) => response.destroy(), { state: "http-failed" }],
  ["no answer in its time", () => {}, { state: "http-timeout" }],
])(
  "the vantage tells %s as an agent does",
  async (_, answer, outcome) => {
    expect(await lookAt(answer)).toMatchObject({ from: "vantage", outcome });
  },
  30_000,
);

function cut(response: ServerResponse) {
  response.writeHead(200, { "content-length": 100 });
  response.write("o", () => response.destroy());
}

/** What the vantage says of a URL whose router answers so. */
async function lookAt(answer: (response: ServerResponse) => void): Promise<unknown> {
  const router = createServer((_, response) => answer(response)).listen(0, "127.0.0.1");
  await once(router, "listening");
  const address = router.address();
  const routePort = typeof address === "object" && address ? address.port : 0;
  const vantage = await startVantage({
    world: createWorld({ speed: 1 }),
    port: 0,
    routePort,
    publicAddress: "203.0.113.7",
    publicPort: 80,
    outside: () => "open",
  });
  onTestFinished(async () => {
    router.close();
    router.closeAllConnections();
    await vantage.close();
  });
  const body = JSON.stringify({ url: `http://rrr.localhost:${routePort}/` });
  const response = await fetch(vantage.url, { method: "POST", body });
  if (response.body === null) throw new Error("the vantage gave no body");
  return json(response.body);
}
