import { createServer } from "node:http";
import type { Registry } from "prom-client";
import { type Listening, listen } from "./listen.ts";

export interface Readiness {
  ok: boolean;
  /** What is wrong, in words. */
  problems: string[];
}

/** `/metrics` for Prometheus; `/healthz`: the process answers; `/readyz`: it can work, or says why not. */
export async function startMetrics(options: {
  port: number;
  host?: string;
  registry: Registry;
  ready(): Readiness;
}): Promise<Listening> {
  const server = createServer(async (request, response) => {
    const answer = (status: number, text: string, type = "text/plain; charset=utf-8") => {
      response.writeHead(status, { "content-type": type });
      response.end(text);
    };
    if (request.method !== "GET" && request.method !== "HEAD") return answer(405, "GET only\n");
    switch ((request.url ?? "/").split("?", 1)[0]) {
      case "/metrics":
        try {
          return answer(200, await options.registry.metrics(), options.registry.contentType);
        } catch {
          return answer(500, "the metrics could not be collected\n");
        }
      case "/healthz":
        return answer(200, "ok\n");
      case "/readyz": {
        const { ok, problems } = options.ready();
        return answer(ok ? 200 : 503, `${[ok ? "ready" : "not ready", ...problems].join("\n")}\n`);
      }
      default:
        return answer(404, "there are /metrics, /healthz and /readyz\n");
    }
  });
  return listen(server, { port: options.port, host: options.host ?? "127.0.0.1" });
}
