import assert from "node:assert/strict";
import { once } from "node:events";
import { after, before, test } from "node:test";
import { createServer } from "../src/create-server.ts";

const server = createServer();
let url = "";

before(async () => {
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  assert(address !== null && typeof address === "object");
  url = `http://127.0.0.1:${address.port}`;
});

after(() => server.close());

test("greets", async () => {
  const response = await fetch(url);
  assert.equal(response.status, 200);
  assert.match(JSON.stringify(await response.json()), /Hello/);
});

test("is healthy", async () => {
  const response = await fetch(`${url}/healthz`);
  assert.equal(response.status, 200);
  assert.deepEqual(await response.json(), { status: "ok" });
});

test("does not know every path, nor every method", async () => {
  assert.equal((await fetch(`${url}/nothing`)).status, 404);
  assert.equal((await fetch(url, { method: "POST" })).status, 405);
});
