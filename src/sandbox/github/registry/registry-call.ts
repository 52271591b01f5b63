import type { IncomingMessage, ServerResponse } from "node:http";
import type { Hub } from "../hub.ts";
import type { Principal } from "../principal.ts";
import type { BlobStore } from "./blob-store.ts";
import type { RegistryAction } from "./grant.ts";

export interface RegistryCall {
  hub: Hub;
  blobs: BlobStore;
  request: IncomingMessage;
  response: ServerResponse;
  /** The repository: `acme/rrr`. */
  name: string;
  /** What the path names in it: a digest, a tag, an upload. */
  reference: string;
  query: URLSearchParams;
  principal: Principal;
  actor: string;
  demand(name: string, action: RegistryAction): void;
  body(): Promise<Buffer>;
}
