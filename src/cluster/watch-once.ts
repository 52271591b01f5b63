import type { IncomingMessage } from "node:http";
import { z } from "zod";
import type { Connection } from "./connection.ts";
import { linesOf } from "./lines-of.ts";
import { objectOf } from "./object-of.ts";
import { reasonOf } from "./reason-of.ts";
import { refusalOf } from "./refusal-of.ts";
import { refusePage } from "./refuse-page.ts";
import { send } from "./send.ts";
import { unclearAnswer } from "./unclear-answer.ts";

/** How one connection ended. */
export interface Ended {
  /** The version to go on from; undefined: it is too old, and all must be listed anew. */
  at: string | undefined;
  /** What ended it; undefined where that is ordinary: its time was over, it was silent, the history was too old. */
  cut: string | undefined;
}

/** https://kubernetes.io/docs/reference/using-api/api-concepts/#event-stream, its object narrowed where it is read. */
const watchEvent = z.object({
  type: z.enum(["ADDED", "MODIFIED", "DELETED", "BOOKMARK", "ERROR"]),
  object: z.looseObject({ metadata: z.looseObject({ resourceVersion: z.unknown() }).optional() }),
});

const EXPIRED = 410;

/**
 * One connection that watches from a version on. Ends when the connection does; rejects where none came about, and at a
 * line that cannot be taken: it says something that would be missed if one went on behind it.
 * Silence, a closed and a cut connection are the ordinary ends of a watch: it goes on from where it was.
 * https://kubernetes.io/docs/reference/using-api/api-concepts/#efficient-detection-of-changes
 */
export async function watchOnce(options: {
  connection: Connection;
  path: string;
  labelSelector: string | undefined;
  accept?: string | undefined;
  from: string;
  silenceMs: number;
  signal: AbortSignal;
  /** The server took it up. */
  onStanding: () => void;
  onEvent: (phase: "ADDED" | "MODIFIED" | "DELETED" | "BOOKMARK", object: unknown) => void;
}): Promise<Ended> {
  const { connection, path, labelSelector, accept, from, silenceMs } = options;
  const silence = new AbortController();
  const timer = setTimeout(() => silence.abort(), silenceMs);
  const query = { watch: true, labelSelector, resourceVersion: from, allowWatchBookmarks: true, timeoutSeconds: 300 };
  let at: string | undefined = from;
  let refusal: string | undefined;
  let untaken: unknown;

  const take = (line: string) => {
    const { type, object } = eventOf(line);
    if (type === "ERROR") {
      at = undefined;
      // 410 says in the stream what it says as an answer: the history is too old.
      if (object.code !== EXPIRED) refusal = String(object.message ?? object.reason ?? "an error in the stream");
      return;
    }
    options.onEvent(type, object);
    const version = object.metadata?.resourceVersion;
    if (typeof version === "string" && at !== undefined) at = version;
  };
  const takeOrEnd = (line: string) => {
    try {
      take(line);
    } catch (error) {
      untaken = error;
      throw error;
    }
  };

  try {
    const signal = AbortSignal.any([options.signal, silence.signal]);
    const answer = await send(connection, { method: "GET", path, query, accept, signal });
    refusePage(answer);
    if (answer.statusCode !== 200) {
      const refusal = await refusalOf(answer, { method: "GET", path });
      if (answer.statusCode === EXPIRED) return { at: undefined, cut: undefined };
      throw refusal;
    }
    timer.refresh();
    options.onStanding();
    const cut = await follow(answer, takeOrEnd, () => timer.refresh());
    if (untaken !== undefined) throw untaken;
    return { at, cut: refusal ?? (silence.signal.aborted || options.signal.aborted ? undefined : cut) };
  } catch (error) {
    if (silence.signal.aborted) throw new Error(`no answer within ${silenceMs / 1000} s`);
    throw error;
  } finally {
    clearTimeout(timer);
  }
}

function eventOf(line: string) {
  const event = watchEvent.safeParse(objectOf(line));
  if (!event.success) throw unclearAnswer("the watch said a line that is no event");
  return event.data;
}

/** Until it ends; says how it did. */
async function follow(answer: IncomingMessage, take: (line: string) => void, heard: () => void): Promise<string> {
  const lines = linesOf(take);
  try {
    for await (const chunk of answer) {
      heard();
      lines.push(chunk);
    }
    return "closed";
  } catch (error) {
    return reasonOf(error);
  }
}
