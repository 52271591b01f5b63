import { once } from "node:events";
import type { Server } from "node:http";
import { isIPv6 } from "node:net";

export interface Listening {
  url: string;
  close(): Promise<void>;
}

/** Port 0 takes a free one; `close` also ends connections that stand. */
export async function listen(server: Server, at: { port: number; host: string }): Promise<Listening> {
  server.listen(at.port, at.host);
  await once(server, "listening");
  const address = server.address();
  const port = typeof address === "object" && address ? address.port : at.port;
  const host = at.host === "0.0.0.0" || at.host === "::" ? "127.0.0.1" : at.host;
  return {
    url: `http://${isIPv6(host) ? `[${host}]` : host}:${port}`,
    async close() {
      const closed = once(server, "close");
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}
