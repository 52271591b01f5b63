import { createHash, timingSafeEqual } from "node:crypto";
import { createServer } from "node:http";
import { type Listening, listen } from "../http/listen.ts";
import { answerProbe } from "./answer-probe.ts";
import type { VantageOptions } from "./vantage-options.ts";

/** Probes at once; more are told to come again. */
const AT_ONCE = 16;

/**
 * An outside probe: tells whoever knows the secret how far it comes to a URL. It must be of no use to anybody else,
 * and of little use to who stole the secret: GET only, named ports, public addresses, 200 characters of the answer.
 */
export async function startVantage(options: VantageOptions): Promise<Listening> {
  let running = 0;
  const server = createServer(async (request, response) => {
    const answer = (status: number, body: object, headers: Record<string, string> = {}) => {
      response.writeHead(status, { "content-type": "application/json", ...headers });
      response.end(JSON.stringify(body));
    };
    if (request.method === "GET" && request.url === "/healthz") return answer(200, { ok: true });
    if (request.url !== "/probe") return answer(404, { error: "there are POST /probe and GET /healthz" });
    if (request.method !== "POST") return answer(405, { error: "POST /probe" }, { allow: "POST" });
    const bearer = /^Bearer (.+)$/.exec(request.headers.authorization ?? "")?.[1];
    if (bearer === undefined || !sameSecret(bearer, options.secret)) {
      return answer(401, { error: "the secret is missing or wrong" }, { "www-authenticate": "Bearer" });
    }
    if (running >= AT_ONCE) return answer(503, { error: `${AT_ONCE} probes are running` }, { "retry-after": "5" });
    running += 1;
    try {
      const { status, body } = await answerProbe(request, options);
      answer(status, body);
    } catch {
      answer(500, { error: "the probe failed" });
    } finally {
      running -= 1;
    }
  });
  // Whoever sends slowly does not hold a place for long.
  server.headersTimeout = 5_000;
  server.requestTimeout = 10_000;
  return listen(server, options);
}

/** In constant time, whatever their lengths. */
function sameSecret(given: string, secret: string): boolean {
  const digest = (text: string) => createHash("sha256").update(text).digest();
  return timingSafeEqual(digest(given), digest(secret));
}
