import type { IncomingMessage, ServerResponse } from "node:http";
import { getRequestListener } from "@hono/node-server";
import { createConsole } from "./create-console.ts";

/**
 * The console for a server of its own making (the sandbox's Slack, whose origin it shares): `serves` says whether a
 * path is the console's, `handle` answers it. The body must not have been read.
 */
export function mountConsole(options: Parameters<typeof createConsole>[0]): {
  serves(pathname: string): boolean;
  handle(request: IncomingMessage, response: ServerResponse): Promise<void>;
} {
  const listener = getRequestListener(createConsole(options).fetch);
  return {
    serves: (pathname) => /^\/(?:$|page\/|world(?:\/|$))/.test(pathname),
    handle: (request, response) => listener(request, response),
  };
}
