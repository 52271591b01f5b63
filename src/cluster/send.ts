import { type IncomingMessage, request as requestPlainly } from "node:http";
import { request as requestSecurely } from "node:https";
import type { MayWrite } from "../project/ports/fence.ts";
import type { Connection } from "./connection.ts";
import { credentialsOf } from "./credentials-of.ts";

export interface Call {
  method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  path: string;
  query?: Record<string, string | number | boolean | undefined>;
  body?: unknown;
  contentType?: string;
  /** Where JSON as it is will not do. */
  accept?: string | undefined;
  signal: AbortSignal;
  /** Of a write. */
  mayWrite?: MayWrite | undefined;
}

/** One call; resolves with the head of the answer, whatever it says. Aborted or fenced off, it rejects with that reason. */
export async function send(connection: Connection, call: Call): Promise<IncomingMessage> {
  const options = await credentialsOf(connection);
  const url = new URL(connection.server + call.path);
  for (const [key, value] of Object.entries(call.query ?? {}))
    if (value !== undefined) url.searchParams.set(key, String(value));
  const body = call.body === undefined ? undefined : JSON.stringify(call.body);
  const headers = {
    ...options.headers,
    Accept: call.accept ?? "application/json",
    ...(body === undefined
      ? {}
      : { "Content-Type": call.contentType ?? "application/json", "Content-Length": Buffer.byteLength(body) }),
  };
  const start = url.protocol === "http:" ? requestPlainly : requestSecurely;
  const { method, signal, mayWrite } = call;

  return new Promise((resolve, reject) => {
    const attempt = () => {
      try {
        mayWrite?.();
      } catch (error) {
        // Thrown, it would be nobody's: a second attempt is made by an event.
        reject(error);
        return;
      }
      const request = start(url, { ...options, method, headers, signal });
      request.once("response", resolve);
      request.once("error", (error: NodeJS.ErrnoException) => {
        if (signal.aborted) reject(signal.reason);
        // The server let a kept connection go as we took it up: https://nodejs.org/api/http.html#requestreusedsocket
        else if (request.reusedSocket && error.code === "ECONNRESET" && method !== "POST") attempt();
        else reject(error);
      });
      request.end(body);
    };
    attempt();
  });
}
