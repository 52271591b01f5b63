import { connect, type Socket } from "node:net";
import type { Deadline } from "./deadline.ts";

export type Connected =
  | { socket: Socket }
  | { outcome: { state: "tcp-timeout" } | { state: "tcp-refused" } | { state: "tcp-unreachable"; detail: string } };

/** Silence means a firewall that drops, a refusal that nobody listens, anything else that there is no way there. */
export async function connectTcp(address: string, port: number, deadline: Deadline): Promise<Connected> {
  const socket = connect({ host: address, port });
  const { promise, resolve } = Promise.withResolvers<Connected>();
  socket.once("connect", () => resolve({ socket }));
  socket.once("error", (error: NodeJS.ErrnoException) => resolve({ outcome: outcomeOf(error) }));
  const result = await deadline.race(promise);
  if (result !== "late") {
    socket.removeAllListeners();
    // Whoever takes it over listens too; an error between is told by the next layer's own failure.
    socket.on("error", () => {});
    return result;
  }
  socket.on("error", () => {});
  socket.destroy();
  return { outcome: { state: "tcp-timeout" } };
}

function outcomeOf(error: NodeJS.ErrnoException) {
  switch (error.code) {
    case "ECONNREFUSED":
      return { state: "tcp-refused" } as const;
    case "ETIMEDOUT":
      return { state: "tcp-timeout" } as const;
    default:
      return { state: "tcp-unreachable", detail: error.code ?? error.message } as const;
  }
}
