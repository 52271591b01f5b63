import { type KubeConfig, Watch } from "@kubernetes/client-node";
import { reasonOf } from "./reason-of.ts";

/** How one connection ended. */
export interface Ended {
  /** The version to go on from; undefined: it is too old, and all must be listed anew. */
  at: string | undefined;
  /** What ended it; undefined where that is ordinary: its time was over, it was silent, the history was too old. */
  cut: string | undefined;
}

/**
 * One connection that watches from a version on. Ends when the connection does; rejects where none came about.
 * Silence, a closed and a cut connection are the ordinary ends of a watch: it goes on from where it was.
 */
export function watchOnce(options: {
  kubeConfig: KubeConfig;
  path: string;
  labelSelector: string | undefined;
  from: string;
  silenceMs: number;
  signal: AbortSignal;
  /** The server took it up. */
  onStanding: () => void;
  onEvent: (phase: "ADDED" | "MODIFIED" | "DELETED" | "BOOKMARK", object: unknown) => void;
}): Promise<Ended> {
  const { path, labelSelector, from, signal, silenceMs } = options;
  let at: string | undefined = from;
  let refusal: string | undefined;
  let connection: AbortController | undefined;
  const abort = () => connection?.abort();
  // The client's own field, which its type hides.
  const client = new Watch(options.kubeConfig);
  Object.assign(client, { requestTimeoutMs: silenceMs });
  return new Promise<Ended>((resolve, reject) => {
    let over = false;
    const ended = (error: unknown) => {
      over = true;
      if (statusOf(error) === 410) resolve({ at: undefined, cut: undefined });
      else if (connection || !error)
        resolve({ at, cut: refusal ?? (isTimeout(error) ? undefined : error ? reasonOf(error) : "closed") });
      else reject(isTimeout(error) ? new Error(`no answer within ${silenceMs / 1000} s`) : error);
    };
    client
      .watch(
        path,
        { labelSelector, resourceVersion: from, allowWatchBookmarks: true, timeoutSeconds: 300 },
        (phase, object) => {
          if (phase === "ERROR") {
            at = undefined;
            // 410 says in the stream what it says as an answer: the history is too old.
            if (object?.code !== 410) refusal = String(object?.message ?? object?.reason ?? "an error in the stream");
            return;
          }
          const version = object?.metadata?.resourceVersion;
          if (typeof version === "string" && at !== undefined) at = version;
          if (phase === "ADDED" || phase === "MODIFIED" || phase === "DELETED" || phase === "BOOKMARK")
            options.onEvent(phase, object);
        },
        ended,
      )
      .then((controller) => {
        connection = controller;
        if (signal.aborted) abort();
        else if (!over) options.onStanding();
      }, reject);
    signal.addEventListener("abort", abort, { once: true });
  }).finally(() => signal.removeEventListener("abort", abort));
}

function isTimeout(error: unknown): boolean {
  return error instanceof Error && (error.name === "TimeoutError" || error.name === "AbortError");
}

function statusOf(error: unknown): number | undefined {
  return typeof error === "object" && error !== null && "statusCode" in error ? Number(error.statusCode) : undefined;
}
