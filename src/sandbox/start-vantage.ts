import { once } from "node:events";
import { createServer, request as httpRequest } from "node:http";
import { isIP } from "node:net";
import { json } from "node:stream/consumers";
import { z } from "zod";
import { guardRequests } from "./shared/guard-requests.ts";
import type { Part, World } from "./shared/world.ts";

const asked = z.object({ url: z.url() });

/**
 * The far side of the simulated cluster's firewall, speaking `slipway vantage`'s protocol. The port that stands for the
 * node's own is looked at by its public number; what passes the firewall is really asked for.
 */
export async function startVantage(options: {
  port: number;
  world: World;
  routePort: number;
  /** What the node is known by outside, and the port that the routes stand for. */
  publicAddress: string;
  publicPort: number;
  outside: (host: string, port: number) => "open" | "timeout" | "refused";
}): Promise<Part> {
  const { world, routePort, publicAddress, publicPort } = options;
  const server = createServer(
    guardRequests(async (request, response) => {
      const refuse = (status: number, error: string) => {
        response.writeHead(status, { "content-type": "application/json" });
        response.end(JSON.stringify({ error }));
      };
      const question = asked.safeParse(await json(request).catch(() => undefined));
      if (!question.success) return refuse(400, "url: is missing");
      const { url } = question.data;
      const { hostname, pathname, port, protocol } = new URL(url);
      // Routes have names below .localhost; what is asked for by address is the bot's own, which no outside would reach.
      if (isIP(hostname) !== 0) return refuse(403, `${hostname} is no public address`);
      const local = Number(port) === routePort;
      const target = {
        host: hostname,
        address: publicAddress,
        port: local ? publicPort : Number(port) || (protocol === "https:" ? 443 : 80),
        path: pathname,
        tls: protocol === "https:",
      };
      const reach = options.outside(publicAddress, target.port);
      const outcome =
        reach === "open" ? await ask(url, routePort) : { state: reach === "timeout" ? "tcp-timeout" : "tcp-refused" };
      response.setHeader("content-type", "application/json");
      response.end(JSON.stringify({ from: "vantage", target, at: world.clock.now(), outcome }));
    }),
  );
  server.listen(options.port, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  return {
    url: `http://127.0.0.1:${typeof address === "object" && address ? address.port : options.port}`,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}

/** Names below .localhost are loopback's, which Node's resolver may not know. */
function ask(url: string, port: number): Promise<object> {
  const { host, pathname } = new URL(url);
  const began = performance.now();
  return new Promise((resolve) => {
    // A connection that is cut is no timeout: an agent tells the two apart.
    const fail = (error: Error) => resolve({ state: "http-failed", detail: error.message });
    const request = httpRequest(
      { host: "127.0.0.1", port, path: pathname, headers: { host }, timeout: 5_000 },
      (answer) => {
        let body = "";
        answer.setEncoding("utf8");
        answer.on("data", (chunk: string) => {
          body = (body + chunk).slice(0, 200);
        });
        answer.on("error", fail);
        answer.on("end", () =>
          resolve({
            state: "answered",
            status: answer.statusCode ?? 0,
            body,
            milliseconds: Math.round(performance.now() - began),
          }),
        );
      },
    );
    request.on("timeout", () => {
      resolve({ state: "http-timeout" });
      request.destroy();
    });
    request.on("error", fail);
    request.end();
  });
}
