import { once } from "node:events";
import { createServer } from "node:http";
import { buffer } from "node:stream/consumers";
import { Webhooks } from "@octokit/webhooks";
import { vi } from "vitest";
import { z } from "zod";

export interface Received {
  id: string;
  event: string;
  /** `workflow_run completed`, `push`. */
  name: string;
  genuine: boolean;
  payload: Record<string, unknown>;
}

/** A server that takes webhooks, checked by @octokit/webhooks. */
export async function startReceiver(secret: string, answer: (received: Received) => number = () => 202) {
  const webhooks = new Webhooks({ secret });
  const received: Received[] = [];
  const server = createServer(async (request, response) => {
    const body = (await buffer(request)).toString();
    const payload = z.record(z.string(), z.unknown()).parse(JSON.parse(body));
    const event = String(request.headers["x-github-event"]);
    const genuine = await webhooks.verify(body, String(request.headers["x-hub-signature-256"]));
    const one = {
      id: String(request.headers["x-github-delivery"]),
      event,
      name: [event, payload.action].filter(Boolean).join(" "),
      genuine,
      payload,
    };
    received.push(one);
    response.writeHead(answer(one)).end();
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  const port = typeof address === "object" && address ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}/github/webhooks`,
    received,
    async until(name: string): Promise<Received> {
      return await vi.waitFor(
        () => received.find((one) => one.name === name) ?? Promise.reject(new Error(`no ${name}`)),
        { timeout: 45_000, interval: 10 },
      );
    },
    async [Symbol.asyncDispose]() {
      server.close();
      server.closeAllConnections();
      await once(server, "close");
    },
  };
}
