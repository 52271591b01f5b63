import type { IncomingMessage } from "node:http";
import { z } from "zod";
import { type Fence, OPEN } from "../project/ports/fence.ts";
import { Problem } from "../project/problem.ts";
import { chunksOf } from "./chunks-of.ts";
import type { Connection } from "./connection.ts";
import { itemsOf } from "./items-of.ts";
import { objectOf } from "./object-of.ts";
import { pathOf } from "./path-of.ts";
import { reasonOf } from "./reason-of.ts";
import { refusalOf } from "./refusal-of.ts";
import { refusePage } from "./refuse-page.ts";
import { type Call, send } from "./send.ts";
import { textOf } from "./text-of.ts";
import { unclearAnswer } from "./unclear-answer.ts";

export interface RequestOptions extends Pick<Call, "query" | "body" | "contentType" | "accept"> {
  /** How long an answer is waited for, where that is not the usual. */
  timeoutMs?: number;
  /** Of a list: given each item as it arrives. The answer is then the list without them. */
  onItem?: (item: unknown) => void;
}

/** One call of the API server. Rejects with a `Problem`. */
export type Request = (method: Call["method"], path: string, options?: RequestOptions) => Promise<unknown>;

const TIMEOUT_MS = 15_000;
/** The connection went after it was there: what was sent on it may have arrived. */
const LOST = ["ECONNRESET", "EPIPE"];
/** Its items are taken out as they arrive; a server may write none of them as `null`. */
const List = z.object({ metadata: z.looseObject({}), items: z.array(z.never()).nullable() });

/**
 * JSON as the server gives it. @kubernetes/client-node's typed APIs turn times into Dates and drop fields they do not
 * know, which would lose what a newer Flux says.
 */
export function createRequest(connection: Connection, fence: Fence = OPEN): Request {
  return async (method, path, { timeoutMs = TIMEOUT_MS, onItem, ...options } = {}) => {
    const writes = isWrite(method, path);
    const mayWrite = writes ? fence.here() : undefined;
    const signal = AbortSignal.timeout(timeoutMs);
    let answer: IncomingMessage | undefined;
    try {
      answer = await send(connection, { method, path, ...options, signal, mayWrite });
      const { statusCode = 0 } = answer;
      refusePage(answer);
      if (statusCode < 200 || statusCode >= 300) throw await refusalOf(answer, { method, path });
      return onItem ? await readList(answer, onItem) : whole(await textOf(answer));
    } catch (error) {
      if (error instanceof Problem) throw error;
      const evidence = signal.aborted ? `no answer within ${timeoutMs / 1000} s` : reasonOf(error);
      const { server } = connection;
      if (answer || (writes && (signal.aborted || isLost(error))))
        throw unclearAnswer(evidence, { server, cause: error });
      throw new Problem("cluster-unreachable", { evidence, params: { server }, cause: error });
    }
  };
}

/** An access review is asked for with a POST and changes nothing. */
function isWrite(method: Call["method"], path: string): boolean {
  return method !== "GET" && path !== pathOf("SelfSubjectAccessReview");
}

function isLost(error: unknown): boolean {
  return error instanceof Error && "code" in error && LOST.includes(String(error.code));
}

/** Rejects where its end is missing: what came before that has been given out by then, and is not all. */
async function readList(answer: IncomingMessage, onItem: (item: unknown) => void): Promise<object> {
  const list = itemsOf((json) => onItem(whole(json)));
  for await (const chunk of chunksOf(answer)) list.push(chunk);
  const rest = whole(list.rest());
  if (!List.safeParse(rest).success) throw new Error("the answer is no whole list");
  return rest;
}

function whole(text: string): object {
  const object = objectOf(text);
  if (!object) throw new Error("the answer is no whole JSON object");
  return object;
}
