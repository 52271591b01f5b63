import type { IncomingMessage } from "node:http";
import { z } from "zod";
import { type Fence, OPEN } from "../project/ports/fence.ts";
import { Problem } from "../project/problem.ts";
import type { Connection } from "./connection.ts";
import { itemsOf } from "./items-of.ts";
import { pathOf } from "./path-of.ts";
import { problemOf } from "./problem-of.ts";
import { reasonOf } from "./reason-of.ts";
import { refusePage } from "./refuse-page.ts";
import { type Call, send } from "./send.ts";

export interface RequestOptions extends Pick<Call, "query" | "body" | "contentType"> {
  /** How long an answer is waited for, where that is not the usual. */
  timeoutMs?: number;
  /** Of a list: given each item as it arrives. The answer is then the list without them. */
  onItem?: (item: unknown) => void;
}

/** One call of the API server. Rejects with a `Problem`. */
export type Request = (method: Call["method"], path: string, options?: RequestOptions) => Promise<unknown>;

const TIMEOUT_MS = 15_000;
/** Its items are taken out as they arrive; a server may write none of them as `null`. */
const List = z.object({ metadata: z.looseObject({}), items: z.array(z.never()).nullable() });

/**
 * JSON as the server gives it. @kubernetes/client-node's typed APIs turn times into Dates and drop fields they do not
 * know, which would lose what a newer Flux says.
 */
export function createRequest(connection: Connection, fence: Fence = OPEN): Request {
  return async (method, path, { timeoutMs = TIMEOUT_MS, onItem, ...options } = {}) => {
    const mayWrite = isWrite(method, path) ? fence.here() : undefined;
    const signal = AbortSignal.timeout(timeoutMs);
    try {
      const answer = await send(connection, { method, path, ...options, signal, mayWrite });
      const { statusCode = 0 } = answer;
      refusePage(answer);
      if (statusCode < 200 || statusCode >= 300)
        throw problemOf({ method, path }, statusCode, refusal(statusCode, await read(answer)));
      return onItem ? await readList(answer, onItem) : object(await read(answer));
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

/** An access review is asked for with a POST and changes nothing. */
function isWrite(method: Call["method"], path: string): boolean {
  return method !== "GET" && path !== pathOf("SelfSubjectAccessReview");
}

async function read(answer: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of answer) chunks.push(chunk);
  return Buffer.concat(chunks).toString("utf8");
}

/** Rejects where its end is missing: what came before that has been given out by then, and is not all. */
async function readList(answer: IncomingMessage, onItem: (item: unknown) => void): Promise<unknown> {
  const list = itemsOf((json) => onItem(object(json)));
  for await (const chunk of answer) list.push(chunk);
  const rest = object(list.rest());
  if (!List.safeParse(rest).success) throw new Error("the answer is no whole list");
  return rest;
}

/** All that an API server gives is an object. What the parser says of anything else would show pieces of it. */
function object(text: string): object {
  const value = parsed(text);
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return value;
  throw new Error("the answer is no whole JSON object");
}

/** Says in a Status what it refuses; of what it has never heard in plain words, `404 page not found`. */
function refusal(code: number, text: string): unknown {
  const body = parsed(text);
  const spoken = typeof body === "object" ? body !== null : body === undefined && text.trim() !== "";
  if (!spoken && code < 500) throw new Error(`HTTP ${code}, and not a word why`);
  return body;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
