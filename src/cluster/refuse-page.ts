import type { IncomingMessage } from "node:http";

/** An API server has no web pages: what answers with one is something in between, and its status says nothing of objects. */
export function refusePage(answer: IncomingMessage): void {
  if (!/^text\/html\b/i.test(answer.headers["content-type"] ?? "")) return;
  answer.destroy();
  throw new Error(`HTTP ${answer.statusCode} with a web page: this is no API server`);
}
