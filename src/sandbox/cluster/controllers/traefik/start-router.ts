import { createServer, type IncomingMessage, request, type ServerResponse } from "node:http";
import type { Duplex } from "node:stream";
import type { ClusterStore } from "../../create-store.ts";
import { findRoute } from "./find-route.ts";

export interface Router {
  port: number;
  close(): Promise<void>;
}

/** Traefik's entry point: routes by Host and path to a ready pod's process. Answers in Traefik's words. */
export async function startRouter(options: {
  store: ClusterStore;
  host: string;
  port: number;
  portOf(uid: string): number | undefined;
}): Promise<Router> {
  const target = (incoming: IncomingMessage): { status: number; text: string } | { port: number } => {
    const host = (incoming.headers.host ?? "").replace(/:\d+$/, "").toLowerCase();
    const path = (incoming.url ?? "/").replace(/[?#].*$/, "");
    const route = findRoute(options.store, host, path);
    switch (route.state) {
      case "none":
        return { status: 404, text: "404 page not found\n" };
      case "unavailable":
        return { status: 503, text: "no available server\n" };
      case "found": {
        const ports = route.pods.flatMap(({ metadata }) => options.portOf(metadata.uid ?? "") ?? []);
        const port = ports[Math.floor(Math.random() * ports.length)];
        return port === undefined ? { status: 502, text: "Bad Gateway" } : { port };
      }
    }
  };

  const server = createServer((incoming, response) => {
    const found = target(incoming);
    if ("port" in found) {
      forward(incoming, response, found.port);
    } else {
      response.writeHead(found.status, {
        "content-type": "text/plain; charset=utf-8",
        "x-content-type-options": "nosniff",
      });
      response.end(found.text);
    }
  });
  server.on("upgrade", (incoming: IncomingMessage, socket: Duplex, head: Buffer) => {
    const found = target(incoming);
    if ("port" in found) {
      forwardUpgrade(incoming, socket, head, found.port);
    } else {
      socket.end(`HTTP/1.1 ${found.status} \r\nconnection: close\r\n\r\n`);
    }
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(options.port, options.host, resolve);
  });
  const address = server.address();
  return {
    port: typeof address === "object" && address ? address.port : options.port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function forwardedHeaders(incoming: IncomingMessage) {
  return {
    ...incoming.headers,
    "x-forwarded-for": incoming.socket.remoteAddress ?? "",
    "x-forwarded-host": incoming.headers.host ?? "",
    "x-forwarded-proto": "http",
  };
}

function forward(incoming: IncomingMessage, response: ServerResponse, port: number): void {
  const { method, url: path } = incoming;
  const outgoing = request({ host: "127.0.0.1", port, method, path, headers: forwardedHeaders(incoming) }, (answer) => {
    response.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(response);
  });
  outgoing.on("error", () => {
    if (!response.headersSent) {
      response.writeHead(502, { "content-type": "text/plain; charset=utf-8" });
    }
    response.end("Bad Gateway");
  });
  incoming.pipe(outgoing);
}

function forwardUpgrade(incoming: IncomingMessage, socket: Duplex, head: Buffer, port: number): void {
  const { method, url: path } = incoming;
  const outgoing = request({ host: "127.0.0.1", port, method, path, headers: forwardedHeaders(incoming) });
  outgoing.on("upgrade", (answer, upstream, first) => {
    const lines = Object.entries(answer.headers).map(([key, value]) => `${key}: ${String(value)}\r\n`);
    socket.write(`HTTP/1.1 101 Switching Protocols\r\n${lines.join("")}\r\n`);
    socket.write(first);
    upstream.write(head);
    upstream.pipe(socket).pipe(upstream);
    upstream.on("error", () => socket.destroy());
    socket.on("error", () => upstream.destroy());
  });
  outgoing.on("response", () => socket.end("HTTP/1.1 502 Bad Gateway\r\nconnection: close\r\n\r\n"));
  outgoing.on("error", () => socket.end("HTTP/1.1 502 Bad Gateway\r\nconnection: close\r\n\r\n"));
  outgoing.end();
}
