import type { RequestOptions } from "node:https";

/** An API server, and what is shown to it. */
export interface Connection {
  /** Its address, without a slash at the end. */
  server: string;
  /** Agent, TLS and headers of one call. Rejects where there are no credentials to be had. */
  options(): Promise<RequestOptions>;
}
