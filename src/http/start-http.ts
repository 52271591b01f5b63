import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { type Listening, listen } from "./listen.ts";

export interface Route {
  method: string;
  path: string;
  handler: (request: IncomingMessage, response: ServerResponse) => void;
}

/** One server for who calls us: GitHub's webhooks, Slack's requests. A handler reads the body itself, as it was signed. */
export async function startHttp(options: { port: number; host?: string; routes: Route[] }): Promise<Listening> {
  const server = createServer((request, response) => {
    const path = (request.url ?? "/").split("?", 1)[0];
    const here = options.routes.filter((route) => route.path === path);
    const route = here.find(({ method }) => method === request.method);
    if (route) return route.handler(request, response);
    const headers: Record<string, string> = { "content-type": "text/plain", connection: "close" };
    if (here.length > 0) headers.allow = here.map(({ method }) => method).join(", ");
    response.writeHead(here.length > 0 ? 405 : 404, headers);
    response.end(here.length > 0 ? "this path takes another method\n" : "nothing is here\n");
  });
  return listen(server, { port: options.port, host: options.host ?? "127.0.0.1" });
}
