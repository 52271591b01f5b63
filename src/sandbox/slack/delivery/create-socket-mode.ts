import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import { type WebSocket, WebSocketServer } from "ws";
import { isFields } from "../is-fields.ts";
import type { Envelope, Slack } from "../model.ts";
import type { Attempt, Outcome, Try } from "./attempt.ts";

/** "an app can have up to 10 open connections". https://docs.slack.dev/apis/events-api/using-socket-mode */
const MOST_CONNECTIONS = 10;
const PING_EVERY = 10_000;

export type DisconnectReason = "warning" | "refresh_requested" | "link_disabled" | "too_many_websockets";

export interface SocketMode {
  /** Takes over a connection to the address that apps.connections.open gave out. */
  accept(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  attempt: Attempt;
  connections(): number;
  /** Resolves once this many connections are open. */
  connected(count: number): Promise<void>;
  /** Resolves once none is open. */
  disconnected(): Promise<void>;
  /** Asks every connection to go and come back, as Slack does every few hours. */
  disconnect(reason: DisconnectReason): void;
  /** Ends every connection without a word. */
  cut(): void;
  close(): void;
}

export function createSocketMode(slack: Slack): SocketMode {
  const server = new WebSocketServer({ noServer: true });
  const open: WebSocket[] = [];
  const waiting = new Map<string, { socket: WebSocket; settle: (outcome: Outcome) => void }>();
  const awaited: { until: (open: number) => boolean; resolve: () => void }[] = [];
  let turn = 0;

  const tellCount = () => {
    for (const entry of awaited.filter(({ until }) => until(open.length))) {
      awaited.splice(awaited.indexOf(entry), 1);
      entry.resolve();
    }
  };
  const wait = (until: (open: number) => boolean) =>
    new Promise<void>((resolve) => {
      awaited.push({ until, resolve });
      tellCount();
    });
  const forget = (socket: WebSocket) => {
    const index = open.indexOf(socket);
    if (index >= 0) open.splice(index, 1);
    tellCount();
  };

  const greet = (socket: WebSocket) => {
    socket.on("error", () => socket.terminate());
    if (open.length >= MOST_CONNECTIONS) {
      goodbye(socket, "too_many_websockets");
      return;
    }
    open.push(socket);
    const pings = setInterval(() => socket.ping("Ping from the sandbox"), PING_EVERY);
    pings.unref();
    // A closed or broken connection loses what it has not acknowledged.
    socket.on("close", () => {
      clearInterval(pings);
      forget(socket);
      for (const entry of waiting.values()) if (entry.socket === socket) entry.settle({ state: "lost" });
    });
    socket.on("message", (data) => {
      const answer = parse(String(data));
      if (typeof answer?.envelope_id !== "string") return;
      waiting.get(answer.envelope_id)?.settle({ state: "acked", payload: answer.payload });
    });
    write(socket, {
      type: "hello",
      num_connections: open.length,
      debug_info: { host: "sandbox", build_number: 1, approximate_connection_time: 18_060 },
      connection_info: { app_id: slack.app.id },
    });
    tellCount();
  };

  const attempt: Attempt = (envelope, given) => {
    const socket = open[turn++ % Math.max(1, open.length)];
    if (socket === undefined) return Promise.resolve({ state: "lost" });
    return new Promise((resolve) => {
      const timer = setTimeout(() => settle({ state: "timeout" }), slack.acknowledgeWithin);
      const settle = (outcome: Outcome) => {
        clearTimeout(timer);
        waiting.delete(given.id);
        resolve(outcome);
      };
      waiting.set(given.id, { socket, settle });
      write(socket, frame(envelope, given));
    });
  };

  return {
    attempt,
    accept(request, socket, head) {
      const ticket = new URL(request.url ?? "/", "http://sandbox").searchParams.get("ticket");
      // A ticket opens one connection, once.
      if (ticket === null || !slack.tickets.delete(ticket)) {
        socket.end("HTTP/1.1 401 Unauthorized\r\nconnection: close\r\n\r\n");
        return;
      }
      server.handleUpgrade(request, socket, head, greet);
    },
    connections: () => open.length,
    connected: (count) => wait((now) => now >= count),
    disconnected: () => wait((now) => now === 0),
    disconnect(reason) {
      for (const socket of [...open]) {
        forget(socket);
        goodbye(socket, reason);
      }
    },
    cut() {
      for (const socket of [...open]) socket.terminate();
    },
    close() {
      for (const socket of server.clients) socket.terminate();
      server.close();
    },
  };
}

function frame(envelope: Envelope, given: Try): unknown {
  return {
    envelope_id: given.id,
    payload: envelope.payload,
    type: envelope.type,
    accepts_response_payload: envelope.acceptsResponse,
    ...(envelope.type === "events_api" ? { retry_attempt: given.attempt, retry_reason: given.reason } : {}),
  };
}

function goodbye(socket: WebSocket, reason: DisconnectReason): void {
  write(socket, { type: "disconnect", reason, debug_info: { host: "sandbox" } });
}

function write(socket: WebSocket, message: unknown): void {
  socket.send(JSON.stringify(message));
}

function parse(text: string) {
  try {
    const value: unknown = JSON.parse(text);
    return isFields(value) ? value : undefined;
  } catch {
    // Slack ignores what it cannot read.
    return undefined;
  }
}
