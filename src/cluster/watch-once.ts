import type { IncomingMessage } from "node:http";
import type { Connection } from "./connection.ts";
import { linesOf } from "./lines-of.ts";
import { reasonOf } from "./reason-of.ts";
import { refusePage } from "./refuse-page.ts";
import { send } from "./send.ts";

/** How one connection ended. */
export interface Ended {
  /** The version to go on from; undefined: it is too old, and all must be listed anew. */
  at: string | undefined;
  /** What ended it; undefined where that is ordinary: its time was over, it was silent, the history was too old. */
  cut: string | undefined;
}

/** https://kubernetes.io/docs/reference/using-api/api-concepts/#event-stream, its object narrowed where it is read. */
interface WatchEvent {
  type?: unknown;
  object?: { code?: unknown; message?: unknown; reason?: unknown; metadata?: { resourceVersion?: unknown } };
}

const EXPIRED = 410;

/**
 * One connection that watches from a version on. Ends when the connection does; rejects where none came about.
 * Silence, a closed and a cut connection are the ordinary ends of a watch: it goes on from where it was.
 * https://kubernetes.io/docs/reference/using-api/api-concepts/#efficient-detection-of-changes
 */
export async function watchOnce(options: {
  connection: Connection;
  path: string;
  labelSelector: string | undefined;
  from: string;
  silenceMs: number;
  signal: AbortSignal;
  /** The server took it up. */
  onStanding: () => void;
  onEvent: (phase: "ADDED" | "MODIFIED" | "DELETED" | "BOOKMARK", object: unknown) => void;
}): Promise<Ended> {
  const { connection, path, labelSelector, from, silenceMs } = options;
  const silence = new AbortController();
  const timer = setTimeout(() => silence.abort(), silenceMs);
  const query = { watch: true, labelSelector, resourceVersion: from, allowWatchBookmarks: true, timeoutSeconds: 300 };
  let at: string | undefined = from;
  let refusal: string | undefined;

  const take = (line: string) => {
    const { type, object } = eventOf(line);
    if (type === "ERROR") {
      at = undefined;
      // 410 says in the stream what it says as an answer: the history is too old.
      if (object?.code !== EXPIRED) refusal = String(object?.message ?? object?.reason ?? "an error in the stream");
      return;
    }
    if (type === "ADDED" || type === "MODIFIED" || type === "DELETED" || type === "BOOKMARK")
      options.onEvent(type, object);
    const version = object?.metadata?.resourceVersion;
    if (typeof version === "string" && at !== undefined) at = version;
  };
  /** A whole line that cannot be taken says something that would be missed if one went on behind it. */
  const takeOrRelist = (line: string) => {
    try {
      take(line);
    } catch (error) {
      at = undefined;
      throw error;
    }
  };

  try {
    const signal = AbortSignal.any([options.signal, silence.signal]);
    const answer = await send(connection, { method: "GET", path, query, signal });
    if (answer.statusCode !== 200) {
      answer.resume();
      if (answer.statusCode === EXPIRED) return { at: undefined, cut: undefined };
      throw new Error(answer.statusMessage || `HTTP ${answer.statusCode}`);
    }
    refusePage(answer);
    timer.refresh();
    options.onStanding();
    const cut = await follow(answer, takeOrRelist, () => timer.refresh());
    return { at, cut: refusal ?? (silence.signal.aborted || options.signal.aborted ? undefined : cut) };
  } catch (error) {
    if (silence.signal.aborted) throw new Error(`no answer within ${silenceMs / 1000} s`);
    throw error;
  } finally {
    clearTimeout(timer);
  }
}

function eventOf(line: string): WatchEvent {
  let event: unknown;
  try {
    event = JSON.parse(line);
  } catch {
    event = undefined;
  }
  // Its fields are narrowed where they are read.
  if (typeof event === "object" && event !== null && "type" in event) return event as WatchEvent;
  throw new Error("a line that is no event");
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
