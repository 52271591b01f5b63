import { createServer, type IncomingMessage, request, type Server, type ServerResponse } from "node:http";
import { createServer as createSecureServer } from "node:https";
import { type Duplex, pipeline } from "node:stream";
import { createSecureContext, type SecureContext } from "node:tls";
import { guardRequests } from "../../../shared/guard-requests.ts";
import { guardUpgrades } from "../../../shared/guard-upgrades.ts";
import { makeCertificate } from "../../api/make-certificate.ts";
import type { ClusterStore } from "../../create-store.ts";
import { findRoute } from "./find-route.ts";
import { shownCertificate } from "./shown-certificate.ts";

export interface Router {
  port: number;
  securePort: number;
  close(): Promise<void>;
}

/** Traefik's two entry points: they route by Host and path to a ready pod's process. Answers in Traefik's words. */
export async function startRouter(options: {
  store: ClusterStore;
  host: string;
  port: number;
  now: Date;
  portOf(uid: string, port: number): number | undefined;
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
        // Whether somebody listens there shows when it is asked.
        const chosen = route.endpoints[Math.floor(Math.random() * route.endpoints.length)];
        const port = chosen && options.portOf(chosen.pod.metadata.uid ?? "", chosen.port);
        return port === undefined ? { status: 502, text: "Bad Gateway" } : { port };
      }
    }
  };

  const answer = (incoming: IncomingMessage, response: ServerResponse) => {
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
  };
  const upgrade = (incoming: IncomingMessage, socket: Duplex, head: Buffer) => {
    const found = target(incoming);
    if ("port" in found) {
      forwardUpgrade(incoming, socket, head, found.port);
    } else {
      socket.end(`HTTP/1.1 ${found.status} \r\nconnection: close\r\n\r\n`);
    }
  };
  // https://github.com/traefik/traefik/blob/v3.7.0/pkg/tls/generate/generate.go (DefaultCertificate)
  const own = makeCertificate(["sandbox.traefik.default"], options.now, "TRAEFIK DEFAULT CERT");
  const secure = {
    cert: own.certificate,
    key: own.key,
    SNICallback: (host: string, done: (error: Error | null, context?: SecureContext) => void) => {
      done(null, contextOf(shownCertificate(options.store, host.toLowerCase())) ?? contextOf(own));
    },
  };
  const servers = [createServer(guardRequests(answer)), createSecureServer(secure, guardRequests(answer))] as const;
  const [port, securePort] = await Promise.all([
    listen(servers[0].on("upgrade", guardUpgrades(upgrade)), options.port, options.host),
    listen(servers[1].on("upgrade", guardUpgrades(upgrade)), 0, options.host),
  ]);
  return {
    port,
    securePort,
    close: async () => {
      await Promise.all(
        servers.map(
          (server) =>
            new Promise<void>((resolve) => {
              server.close(() => resolve());
              server.closeAllConnections();
            }),
        ),
      );
    },
  };
}

async function listen(server: Server, port: number, host: string): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, resolve);
  });
  const address = server.address();
  return typeof address === "object" && address ? address.port : port;
}

/** Undefined where it is no certificate with its key: whoever may write a Secret may write anything into it. */
function contextOf(shown: { certificate: string; key: string } | undefined): SecureContext | undefined {
  try {
    return shown && createSecureContext({ cert: shown.certificate, key: shown.key });
  } catch {
    return undefined;
  }
}

function forwardedHeaders(incoming: IncomingMessage) {
  return {
    ...incoming.headers,
    "x-forwarded-for": incoming.socket.remoteAddress ?? "",
    "x-forwarded-host": incoming.headers.host ?? "",
    "x-forwarded-proto": "encrypted" in incoming.socket ? "https" : "http",
  };
}

function forward(incoming: IncomingMessage, response: ServerResponse, port: number): void {
  const { method, url: path } = incoming;
  const outgoing = request({ host: "127.0.0.1", port, method, path, headers: forwardedHeaders(incoming) }, (answer) => {
    response.writeHead(answer.statusCode ?? 502, answer.headers);
    pipeline(answer, response, () => {});
  });
  // An application may end in the middle of its answer, or when it has given it.
  outgoing.on("error", () => {
    if (response.headersSent) {
      response.destroy();
    } else {
      response.writeHead(502, { "content-type": "text/plain; charset=utf-8" }).end("Bad Gateway");
    }
  });
  // Not by `pipeline`, which ends the one who asks with the one who is asked, before there is an answer.
  response.on("close", () => outgoing.destroy());
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
    pipeline(upstream, socket, upstream, () => {});
  });
  outgoing.on("response", (answer) => {
    answer.destroy();
    socket.end("HTTP/1.1 502 Bad Gateway\r\nconnection: close\r\n\r\n");
  });
  outgoing.on("error", () => socket.end("HTTP/1.1 502 Bad Gateway\r\nconnection: close\r\n\r\n"));
  socket.on("close", () => outgoing.destroy());
  outgoing.end();
}
