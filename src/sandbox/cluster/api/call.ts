import type { IncomingMessage, ServerResponse } from "node:http";
import type { World } from "../../shared/world.ts";
import type { ClusterStore } from "../create-store.ts";
import type { Kind } from "../store/kind.ts";
import type { KubeObject } from "../store.ts";
import type { Tokens } from "./create-tokens.ts";
import type { Watches } from "./create-watches.ts";
import type { ResourceRequest } from "./parse-request.ts";
import type { User } from "./user.ts";

export interface PodLogOptions {
  container?: string;
  previous: boolean;
  tailLines?: number;
  timestamps: boolean;
}

/** What every handler may use. */
export interface Server {
  store: ClusterStore;
  tokens: Tokens;
  world: World;
  watches: Watches;
  /** The kubelet's part of `kubectl logs`; undefined where the pod has no such container. */
  podLogs?: (pod: KubeObject, options: PodLogOptions) => string | Promise<string>;
}

/** One authenticated request. */
export interface Call {
  server: Server;
  request: IncomingMessage;
  response: ServerResponse;
  method: string;
  url: URL;
  user: User;
  /** Told to the client in `Warning` headers. */
  warnings: string[];
}

/** A call about a kind that is served. */
export interface ResourceCall extends Call {
  kind: Kind;
  wanted: ResourceRequest;
}

/** `body` is JSON unless it is a string or bytes; "streamed" where the handler has written the response itself. */
export type Answer = { status: number; body: unknown; contentType?: string } | "streamed";
