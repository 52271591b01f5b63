import { type IncomingMessage, request } from "node:http";
import type { Socket } from "node:net";
import type { ProbeResult } from "../project/ports/probes.ts";
import type { Deadline } from "./deadline.ts";
import { keptHeaders } from "./kept-headers.ts";

export interface HttpAnswer {
  outcome: Extract<ProbeResult["outcome"], { state: "answered" | "http-timeout" | "http-failed" }>;
  /** Of a redirect, as it came: it may be relative. */
  location?: string;
  /** `name=value` of each cookie that was set. */
  cookies: string[];
}

/** One GET over a connection that stands. */
export async function askHttp(
  socket: Socket,
  target: { authority: string; path: string; cookie: string },
  deadline: Deadline,
): Promise<HttpAnswer> {
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
      ...(target.cookie === "" ? {} : { cookie: target.cookie }),
    },
  });
  asked.once("response", resolve);
  asked.once("error", reject);
  asked.end();
  try {
    const response = await deadline.race(promise);
    if (response === "late") return { outcome: { state: "http-timeout" }, cookies: [] };
    const milliseconds = Math.round(performance.now() - startedAt);
    const body = await deadline.race(beginningOf(response));
    const status = response.statusCode ?? 0;
    const { location, "set-cookie": cookies } = response.headers;
    return {
      outcome: {
        state: "answered",
        status,
        ...keptHeaders(response.headers),
        // Headers came, so it did answer; a body that stays away does not change that.
        body: body === "late" ? "" : body,
        milliseconds,
      },
      ...(status >= 300 && status < 400 && location !== undefined ? { location } : {}),
      cookies: (cookies ?? []).flatMap((each) => each.split(";", 1)),
    };
  } catch (error) {
    return {
      outcome: { state: "http-failed", detail: error instanceof Error ? error.message : String(error) },
      cookies: [],
    };
  } finally {
    asked.on("error", () => {});
    asked.destroy();
    socket.destroy();
  }
}

/** Of a body this is kept. */
const CHARACTERS = 200;

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
