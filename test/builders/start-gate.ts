import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";

/** What a network between a client and a server can do to them. It is open at first. */
export async function startGate(target: { host: string; port: number }) {
  const pairs = new Set<readonly [Socket, Socket]>();
  const waiting = new Set<Socket>();
  let held = false;

  const through = (socket: Socket) => {
    const on = connect(target.port, target.host);
    const pair = [socket, on] as const;
    pairs.add(pair);
    for (const [one, other] of [pair, [on, socket] as const]) {
      one.pipe(other);
      one
        .on("error", () => {})
        .on("close", () => {
          other.destroy();
          pairs.delete(pair);
        });
    }
  };
  const listener = createServer((socket) => {
    if (held) waiting.add(socket.on("error", () => {}).pause());
    else through(socket);
  });
  await once(listener.listen(0, "127.0.0.1"), "listening");
  const { port } = listener.address() as AddressInfo; // of a TCP listener

  return {
    port,
    /** Ends every connection; new ones get no word until the gate is opened. */
    cut() {
      held = true;
      for (const pair of pairs) for (const socket of pair) socket.destroy();
    },
    /** As a firewall that has forgotten the connections that there are: nothing passes, and neither side is told. */
    forget() {
      for (const [one, other] of pairs) {
        one.unpipe(other).pause();
        other.unpipe(one).pause();
      }
    },
    open() {
      held = false;
      for (const socket of waiting) if (!socket.destroyed) through(socket.resume());
      waiting.clear();
    },
    async close() {
      for (const socket of [...waiting, ...[...pairs].flat()]) socket.destroy();
      listener.close();
      await once(listener, "close");
    },
  };
}
