import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { listen } from "../../src/http/listen.ts";

export interface Served extends AsyncDisposable {
  url: string;
  /** `GET /path?query` of each request. */
  asked: string[];
  close(): Promise<void>;
}

/** A server that answers as the test says. */
export async function serve(answer: (request: IncomingMessage, response: ServerResponse) => void): Promise<Served> {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(`${request.method} ${request.url}`);
    answer(request, response);
  });
  const listening = await listen(server, { port: 0, host: "127.0.0.1" });
  return { ...listening, asked, [Symbol.asyncDispose]: () => listening.close() };
}
