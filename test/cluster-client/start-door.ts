import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";

/** A door in front of a server: shut, connections are cut and refused; open again, at the same address. */
export async function startDoor(target: number) {
  const through = new Set<Socket>();
  const open = (port: number) => {
    const listener = createServer((socket) => {
      const on = connect(target, "127.0.0.1");
      for (const each of [socket, on]) through.add(each.on("error", () => {}));
      socket.pipe(on).pipe(socket);
      socket.on("close", () => on.destroy());
      on.on("close", () => socket.destroy());
    });
    return once(listener.listen(port, "127.0.0.1"), "listening").then(() => listener);
  };
  let listener = await open(0);
  const { port } = listener.address() as AddressInfo; // of a TCP listener
  return {
    port,
    async shut() {
      const closed = once(listener, "close");
      listener.close();
      for (const socket of through) socket.destroy();
      through.clear();
      await closed;
    },
    async open() {
      listener = await open(port);
    },
  };
}
