import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";

export type UpgradeListener = (request: IncomingMessage, socket: Duplex, head: Buffer) => void;

/**
 * The same for connections that become something else: Node hands their sockets over without a listener for `error`,
 * so a client that goes away would end the process. https://nodejs.org/api/http.html#event-upgrade_1
 */
export function guardUpgrades(accept: UpgradeListener): UpgradeListener {
  return (request, socket, head) => {
    socket.on("error", () => socket.destroy());
    try {
      accept(request, socket, head);
    } catch (error) {
      process.emitWarning(error instanceof Error ? error : String(error));
      socket.destroy();
    }
  };
}
