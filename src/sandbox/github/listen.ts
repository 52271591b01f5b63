import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { guardRequests } from "../shared/guard-requests.ts";

export interface Listening {
  port: number;
  close(): Promise<void>;
}

/** Listens on a port (0: any) and answers each request by `handle`; what that throws is told as a 500. */
export async function listen(
  at: { port: number; host: string },
  handle: (request: IncomingMessage, response: ServerResponse) => Promise<void>,
): Promise<Listening> {
  const server = createServer(guardRequests(handle));
  server.listen(at.port, at.host);
  await once(server, "listening");
  const address = server.address();
  return {
    port: typeof address === "object" && address ? address.port : at.port,
    async close() {
      const closed = once(server, "close");
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}
