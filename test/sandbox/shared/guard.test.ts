import { once } from "node:events";
import { createServer, type ServerResponse } from "node:http";
import { connect } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, onTestFinished, test, vi } from "vitest";
import { guardRequests } from "../../../src/sandbox/shared/guard-requests.ts";
import { guardUpgrades } from "../../../src/sandbox/shared/guard-upgrades.ts";
import { heedTroubles } from "../heed-troubles.ts";

async function serve(answer: (response: ServerResponse, path: string) => void | Promise<void>) {
  const server = createServer(guardRequests((request, response) => answer(response, request.url ?? "")));
  return { server, port: await listening(server) };
}

async function listening(server: ReturnType<typeof createServer>): Promise<number> {
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(async () => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  return typeof address === "object" && address ? address.port : 0;
}

const said = (troubles: readonly unknown[]) => troubles.map((trouble) => String(trouble));

test.each([
  [
    "thrown at once",
    () => {
      throw new Error("at once");
    },
    "Error: at once",
  ],
  [
    "thrown later",
    async () => {
      await sleep(1);
      throw new Error("later");
    },
    "Error: later",
  ],
] as const)("an error %s is that request's answer, and is told", async (_, fail, message) => {
  const troubles = heedTroubles();
  const { port } = await serve(fail);
  const answer = await fetch(`http://127.0.0.1:${port}/`);
  expect(answer.status).toBe(500);
  expect(await answer.text()).toContain(message);
  await vi.waitUntil(() => troubles.length > 0);
  expect(said(troubles)).toEqual([message]);
});

test("an error in the middle of an answer cuts it, so that nobody takes it for whole", async () => {
  const troubles = heedTroubles();
  const { port } = await serve(async (response) => {
    response.writeHead(200).write("half");
    await sleep(1);
    throw new Error("in the middle");
  });
  await expect(fetch(`http://127.0.0.1:${port}/`).then((answer) => answer.text())).rejects.toThrow();
  await vi.waitUntil(() => troubles.length > 0);
  expect(said(troubles)).toEqual(["Error: in the middle"]);
});

test("an error after the answer leaves the answer, and a write after it ends nothing", async () => {
  const troubles = heedTroubles();
  const { port } = await serve(async (response, path) => {
    response.end("whole");
    if (path === "/write") response.write("more");
    else throw new Error("afterwards");
  });
  for (const path of ["/throw", "/write"]) {
    const answer = await fetch(`http://127.0.0.1:${port}${path}`);
    expect(await answer.text()).toBe("whole");
  }
  await vi.waitUntil(() => troubles.length === 2);
  expect(said(troubles)).toEqual(["Error: afterwards", "Error [ERR_STREAM_WRITE_AFTER_END]: write after end"]);
});

test("who goes away before the answer is no trouble of anybody's", async () => {
  const troubles = heedTroubles();
  const gone = Promise.withResolvers<void>();
  const { port } = await serve(async (response) => {
    await once(response, "close");
    gone.resolve();
    throw new Error("the client is gone");
  });
  const socket = connect(port, "127.0.0.1");
  socket.write("GET / HTTP/1.1\r\nhost: x\r\n\r\n");
  await sleep(20);
  socket.resetAndDestroy();
  await gone.promise;
  await sleep(20);
  expect(troubles).toEqual([]);
});

test("a connection that is reset while it is refused, or whose listener fails, ends alone", async () => {
  const troubles = heedTroubles();
  const server = createServer();
  const port = await listening(server);
  const closed: string[] = [];
  server.on(
    "upgrade",
    guardUpgrades((request, socket) => {
      socket.on("close", () => closed.push(request.url ?? ""));
      if (request.url === "/throws") throw new Error("not accepted");
      setTimeout(() => socket.end("HTTP/1.1 404 Not Found\r\n\r\n".padEnd(1_000_000)), 20);
    }),
  );
  for (const path of ["/reset", "/throws"]) {
    const socket = connect(port, "127.0.0.1").on("error", () => {});
    socket.write(`GET ${path} HTTP/1.1\r\nhost: x\r\nconnection: upgrade\r\nupgrade: websocket\r\n\r\n`);
    if (path === "/reset") setTimeout(() => socket.resetAndDestroy(), 10);
  }
  await vi.waitUntil(() => closed.length === 2);
  await sleep(20);
  expect(said(troubles)).toEqual(["Error: not accepted"]);
});
