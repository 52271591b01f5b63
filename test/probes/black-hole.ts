import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { setImmediate, setTimeout as sleep } from "node:timers/promises";
import { Worker } from "node:worker_threads";

const LISTENER = `
  const { parentPort } = require("node:worker_threads");
  const server = require("node:net").createServer();
  server.listen({ port: 0, host: "127.0.0.1", backlog: 1 }, () => {
    parentPort.postMessage(server.address().port);
    // This thread accepts nothing.
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
  });
`;

/** A port whose SYNs are dropped, as a firewall does it: somebody listens, accepts nothing, and the queue is full. */
export async function startBlackHole(): Promise<{ port: number } & AsyncDisposable> {
  const worker = new Worker(LISTENER, { eval: true });
  const [port]: unknown[] = await once(worker, "message");
  if (typeof port !== "number") throw new Error("the listener said no port");
  const queued: Socket[] = [];
  for (let full = false; !full; ) {
    const socket = connect(port, "127.0.0.1").on("error", () => {});
    queued.push(socket);
    await sleep(100);
    // Timers come before what the network has for us, so that is looked at first.
    await setImmediate();
    full = socket.connecting;
  }
  return {
    port,
    async [Symbol.asyncDispose]() {
      for (const socket of queued) socket.destroy();
      await worker.terminate();
    },
  };
}
