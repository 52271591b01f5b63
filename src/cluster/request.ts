import type { KubeConfig } from "@kubernetes/client-node";
import { HttpMethod, RequestContext } from "@kubernetes/client-node";
import { fetch } from "undici";
import { Problem } from "../project/problem.ts";
import { problemOf } from "./problem-of.ts";
import { reasonOf } from "./reason-of.ts";

export interface RequestOptions {
  query?: Record<string, string | number | boolean | undefined>;
  body?: unknown;
  contentType?: string;
  /** How long an answer is waited for, where that is not the usual. */
  timeoutMs?: number;
}

/** One call of the API server. Rejects with a `Problem`. */
export type Request = (
  method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE",
  path: string,
  options?: RequestOptions,
) => Promise<unknown>;

const TIMEOUT_MS = 15_000;

/**
 * JSON as the server gives it. The client's typed APIs turn times into Dates and drop fields they do not know, which
 * would lose what a newer Flux says; its authentication and TLS are used as they are.
 */
export function createRequest(kubeConfig: KubeConfig): Request {
  return async (method, path, options = {}) => {
    const cluster = kubeConfig.getCurrentCluster();
    if (!cluster)
      throw new Problem("cluster-unreachable", {
        destiny: { kind: "person" },
        evidence: "the kubeconfig names no current cluster",
      });
    const url = new URL(cluster.server.replace(/\/$/, "") + path);
    for (const [key, value] of Object.entries(options.query ?? {}))
      if (value !== undefined) url.searchParams.set(key, String(value));
    const context = new RequestContext(url.toString(), HttpMethod.GET);
    try {
      await kubeConfig.applySecurityAuthentication(context);
    } catch (error) {
      // An exec plugin that fails, a token file that is gone.
      throw new Problem("cluster-credentials-refused", { evidence: reasonOf(error), cause: error });
    }
    const timeoutMs = options.timeoutMs ?? TIMEOUT_MS;
    try {
      const response = await fetch(url, {
        method,
        headers: {
          ...context.getHeaders(),
          Accept: "application/json",
          ...(options.body === undefined ? {} : { "Content-Type": options.contentType ?? "application/json" }),
        },
        body: options.body === undefined ? undefined : JSON.stringify(options.body),
        dispatcher: context.getDispatcher(),
        signal: AbortSignal.timeout(timeoutMs),
      });
      if (response.ok) return await response.json();
      throw problemOf({ method, path }, response.status, await response.json().catch(() => undefined));
    } catch (error) {
      if (error instanceof Problem) throw error;
      const late = error instanceof Error && error.name === "TimeoutError";
      throw new Problem("cluster-unreachable", {
        evidence: late ? `no answer within ${timeoutMs / 1000} s` : reasonOf(error),
        params: { server: cluster.server },
        cause: error,
      });
    }
  };
}
