import type { IncomingMessage, ServerResponse } from "node:http";
import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import { guardRequests } from "../../shared/guard-requests.ts";
import type { Part, World } from "../../shared/world.ts";
import type { ClusterStore } from "../create-store.ts";
import { ApiStatusError } from "../status-error.ts";
import { refuse } from "../store/refuse.ts";
import { answer } from "./answer.ts";
import { authenticate } from "./authenticate.ts";
import type { Answer, Server } from "./call.ts";
import { createTokens } from "./create-tokens.ts";
import { createWatches } from "./create-watches.ts";
import { makeCertificate } from "./make-certificate.ts";
import { writeKubeconfig } from "./write-kubeconfig.ts";

export interface ApiServerOptions {
  port: number;
  host: string;
  store: ClusterStore;
  world: World;
  /** The name or address under which others reach it, where that is not `host`. */
  address?: string;
  podLogs?: Server["podLogs"];
}

export interface ApiServer extends Part {
  /** `admin` (the default, a cluster administrator), `system:serviceaccount:NAMESPACE:NAME`, or any other user's name. */
  kubeconfig(user?: string): string;
  token(user: string): string;
  control: {
    /** Forgets history, so that watches and list pages of before get 410. */
    expireHistory(): void;
    /** Breaks every open watch's connection. */
    cutWatches(): void;
    openWatches(): number;
  };
}

/** The Kubernetes API over HTTPS, for kubectl and client libraries. */
export async function startApiServer(options: ApiServerOptions): Promise<ApiServer> {
  const { store, world, host, port } = options;
  const reachedAs = options.address ?? (host === "0.0.0.0" ? "127.0.0.1" : host);
  const { certificate, key } = makeCertificate([...new Set([reachedAs, "127.0.0.1", "localhost"])], world.clock.now());
  const tokens = createTokens(store, world.clock);
  const watches = createWatches();
  const server: Server = {
    store,
    tokens,
    world,
    watches,
    ...(options.podLogs === undefined ? {} : { podLogs: options.podLogs }),
  };
  const listener = createServer(
    { cert: certificate, key },
    guardRequests((request, response) => serve(server, request, response)),
  );
  await new Promise<void>((resolve, reject) => {
    listener.once("error", reject);
    listener.listen(port, host, resolve);
  });
  // A TCP server that listens has an address of this form.
  const { port: actual } = listener.address() as AddressInfo;
  const url = `https://${reachedAs}:${actual}`;
  return {
    url,
    token: (user) => tokens.issue(user).token,
    kubeconfig: (user = "admin") => writeKubeconfig({ url, certificate, user, token: tokens.issue(user).token }),
    control: {
      expireHistory: () => store.storage.compact(),
      cutWatches: () => watches.cut(),
      openWatches: () => watches.count(),
    },
    close: async () => {
      watches.cut();
      const closed = new Promise<void>((resolve) => listener.close(() => resolve()));
      listener.closeAllConnections();
      await closed;
    },
  };
}

async function serve(server: Server, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const started = performance.now();
  const at = server.world.clock.now();
  const method = request.method ?? "GET";
  const url = new URL(request.url ?? "/", "https://sandbox");
  const warnings: string[] = [];
  const record = (status: number, covered: boolean) =>
    server.world.record({
      at,
      part: "cluster",
      method,
      path: url.pathname,
      status,
      milliseconds: performance.now() - started,
      covered,
    });
  try {
    const user = authenticate(request, server.tokens, server.store);
    const found = await answer({ server, request, response, method, url, user, warnings });
    if (found !== "streamed") write(response, found, warnings);
    record(found === "streamed" ? 200 : found.status, true);
  } catch (error) {
    const { status } =
      error instanceof ApiStatusError ? error : refuse.internal(`Internal error occurred: ${String(error)}`);
    if (response.headersSent) response.destroy();
    else write(response, { status: status.code, body: status }, warnings);
    record(status.code, status.code !== 501);
  }
}

function write(response: ServerResponse, found: Exclude<Answer, "streamed">, warnings: string[]): void {
  const plain = typeof found.body === "string" || Buffer.isBuffer(found.body);
  const body = plain ? found.body : `${JSON.stringify(found.body)}\n`;
  // https://kubernetes.io/blog/2020/09/03/warnings/: 299, no agent, quoted text.
  for (const text of warnings) response.appendHeader("warning", `299 - ${JSON.stringify(text)}`);
  response.writeHead(found.status, {
    "content-type": found.contentType ?? "application/json",
    "cache-control": "no-cache, private",
  });
  response.end(body);
}
