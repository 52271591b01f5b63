import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import { WebSocketServer } from "ws";
import type { Workspace } from "../workspace.ts";

export interface ClientFeed {
  accept(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  close(): void;
}

/** WS /client/events?person=U…: what that person sees happen, one JSON event a frame. */
export function createClientFeed(workspace: Workspace): ClientFeed {
  const server = new WebSocketServer({ noServer: true });
  return {
    accept(request, socket, head) {
      const url = new URL(request.url ?? "/", "http://sandbox");
      const person = url.searchParams.get("person") ?? workspace.you;
      const isKnown = workspace.state().people.some((entry) => entry.id === person || entry.name === person);
      if (url.pathname !== "/client/events" || !isKnown) {
        socket.end("HTTP/1.1 404 Not Found\r\nconnection: close\r\n\r\n");
        return;
      }
      server.handleUpgrade(request, socket, head, (client) => {
        const end = workspace.events(person, (event) => client.send(JSON.stringify(event)));
        client.on("close", end);
        client.on("error", () => client.terminate());
      });
    },
    close() {
      for (const client of server.clients) client.terminate();
      server.close();
    },
  };
}
