import type { ServerResponse } from "node:http";

/** What becomes of an answer on its way. */
export const FAULTS = [
  "cut",
  "cut between chunks",
  "closed at once",
  "HTML",
  "empty",
  "a word",
  "nothing",
  "a number",
] as const;
export type Fault = (typeof FAULTS)[number];

const PAGE = "<!doctype html><title>Sign in</title><p>Please sign in to the network.";

/** Answers with `body`, which is JSON, as far as the fault lets it. */
export function answerWith(fault: Fault | undefined, response: ServerResponse, body: string, status = 200): void {
  const json = { "content-type": "application/json" };
  const half = body.slice(0, Math.floor(body.length / 2));
  switch (fault) {
    case undefined:
      response.writeHead(status, json).end(body);
      return;
    case "cut":
      response.writeHead(status, { ...json, "content-length": Buffer.byteLength(body) });
      response.write(half, () => response.destroy());
      return;
    case "cut between chunks":
      response.writeHead(status, { ...json, "transfer-encoding": "chunked" });
      response.write(half, () => response.destroy());
      return;
    case "closed at once":
      response.destroy();
      return;
    case "HTML":
      response.writeHead(status, { "content-type": "text/html; charset=utf-8" }).end(PAGE);
      return;
    case "empty":
      response.writeHead(status, { ...json, "content-length": 0 }).end();
      return;
    case "a word":
      response.writeHead(status, json).end('"ok"');
      return;
    case "nothing":
      response.writeHead(status, json).end("null");
      return;
    case "a number":
      response.writeHead(status, json).end("1");
  }
}
