import type { IncomingMessage, ServerResponse } from "node:http";
import { getRequestListener } from "@hono/node-server";
import type { Hono } from "hono";

const PATHS = /^\/($|\?|page\/|world(\/|\?|$)|favicon)/;

/** The console's routes, for a server that has others of its own. False: not the console's. */
export function serveBeside(page: Hono): (request: IncomingMessage, response: ServerResponse) => boolean {
  const listener = getRequestListener(page.fetch);
  return (request, response) => {
    if (!PATHS.test(request.url ?? "/")) return false;
    void listener(request, response);
    return true;
  };
}
