import type { IncomingMessage } from "node:http";
import { Problem } from "../project/problem.ts";
import type { Connection } from "./connection.ts";
import { problemOf } from "./problem-of.ts";
import { reasonOf } from "./reason-of.ts";
import { type Call, send } from "./send.ts";

export interface RequestOptions extends Pick<Call, "query" | "body" | "contentType"> {
  /** How long an answer is waited for, where that is not the usual. */
  timeoutMs?: number;
}

/** One call of the API server. Rejects with a `Problem`. */
export type Request = (method: Call["method"], path: string, options?: RequestOptions) => Promise<unknown>;

const TIMEOUT_MS = 15_000;

/**
 * JSON as the server gives it. @kubernetes/client-node's typed APIs turn times into Dates and drop fields they do not
 * know, which would lose what a newer Flux says.
 */
export function createRequest(connection: Connection): Request {
  return async (method, path, { timeoutMs = TIMEOUT_MS, ...options } = {}) => {
    const signal = AbortSignal.timeout(timeoutMs);
    try {
      const answer = await send(connection, { method, path, ...options, signal });
      const text = await read(answer);
      const { statusCode = 0 } = answer;
      if (statusCode >= 200 && statusCode < 300) return JSON.parse(text);
      throw problemOf({ method, path }, statusCode, parsed(text));
    } catch (error) {
      if (error instanceof Problem) throw error;
      throw new Problem("cluster-unreachable", {
        evidence: signal.aborted ? `no answer within ${timeoutMs / 1000} s` : reasonOf(error),
        params: { server: connection.server },
        cause: error,
      });
    }
  };
}

async function read(answer: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of answer) chunks.push(chunk);
  return Buffer.concat(chunks).toString("utf8");
}

/** An answer of something in between may be no JSON. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
