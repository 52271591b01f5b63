import { type IncomingMessage, request } from "node:http";
import type { Socket } from "node:net";
import type { ProbeResult } from "../project/ports/probes.ts";
import type { Deadline } from "./deadline.ts";

type HttpOutcome = Extract<ProbeResult["outcome"], { state: "answered" | "http-timeout" | "http-failed" }>;

/** Of a body this is kept. */
const CHARACTERS = 200;

/** One GET over a connection that stands. A redirect is an answer, not a way to go. */
export async function askHttp(
  socket: Socket,
  target: { authority: string; path: string },
  deadline: Deadline,
): Promise<HttpOutcome> {
  const startedAt = performance.now();
  const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
  const asked = request({
    createConnection: () => socket,
    method: "GET",
    path: target.path,
    headers: {
      host: target.authority,
      "user-agent": "slipway-probe",
      accept: "*/*",
      "accept-encoding": "identity",
      connection: "close",
    },
  });
  asked.once("response", resolve);
  asked.once("error", reject);
  asked.end();
  try {
    const response = await deadline.race(promise);
    if (response === "late") return { state: "http-timeout" };
    const milliseconds = Math.round(performance.now() - startedAt);
    const body = await deadline.race(beginningOf(response));
    const server = response.headers.server;
    return {
      state: "answered",
      status: response.statusCode ?? 0,
      ...(typeof server === "string" ? { server: server.slice(0, CHARACTERS) } : {}),
      // Headers came, so it did answer; a body that stays away does not change that.
      body: body === "late" ? "" : body,
      milliseconds,
    };
  } catch (error) {
    return { state: "http-failed", detail: error instanceof Error ? error.message : String(error) };
  } finally {
    asked.on("error", () => {});
    asked.destroy();
    socket.destroy();
  }
}

async function beginningOf(response: IncomingMessage): Promise<string> {
  let text = "";
  try {
    response.setEncoding("utf8");
    for await (const chunk of response) {
      text += String(chunk);
      if (text.length >= CHARACTERS) break;
    }
  } catch {
    // Cut in the middle; what came is what there is.
  }
  return text.slice(0, CHARACTERS);
}
