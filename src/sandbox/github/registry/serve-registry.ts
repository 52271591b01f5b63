import type { IncomingMessage, ServerResponse } from "node:http";
import { buffer } from "node:stream/consumers";
import type { Hub } from "../hub.ts";
import { actorOf } from "../permit.ts";
import type { BlobStore } from "./blob-store.ts";
import { denial, type RegistryAction } from "./grant.ts";
import { isRegistryError, refuseRegistry } from "./registry-error.ts";
import { registryRoutes } from "./registry-routes.ts";
import { serveToken } from "./serve-token.ts";
import type { Sessions } from "./sessions.ts";

/** https://github.com/opencontainers/distribution-spec/blob/main/spec.md#pulling-manifests and its grammar of names. */
const NAME = /^[a-z0-9]+((\.|_|__|-+)[a-z0-9]+)*(\/[a-z0-9]+((\.|_|__|-+)[a-z0-9]+)*)*$/;

/** Answers one call of the distribution API. Gives whether it was known. */
export async function serveRegistry(
  hub: Hub,
  blobs: BlobStore,
  sessions: Sessions,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<boolean> {
  const url = new URL(request.url ?? "/", `http://${request.headers.host ?? "registry"}`);
  response.setHeader("docker-distribution-api-version", "registry/2.0");
  if (hub.faults.registryUnreachable) {
    request.socket.destroy();
    return true;
  }
  try {
    if (url.pathname === "/token") await serveToken(hub, sessions, request, response, url.searchParams);
    else return await serveV2(hub, blobs, sessions, request, response, url);
  } catch (error) {
    if (!isRegistryError(error)) throw error;
    const { status, code, headers } = error.registry;
    sendError(response, status, code, error.message, headers);
  }
  return true;
}

async function serveV2(
  hub: Hub,
  blobs: BlobStore,
  sessions: Sessions,
  request: IncomingMessage,
  response: ServerResponse,
  url: URL,
): Promise<boolean> {
  const challenge = (scope: string | null) => {
    const realm = `http://${request.headers.host}/token`;
    return `Bearer realm="${realm}",service="${hub.registryHost}"${scope ? `,scope="${scope}"` : ""}`;
  };
  const bearer = /^Bearer (.+)$/i.exec(request.headers.authorization ?? "")?.[1];
  const principal = bearer ? sessions.resolve(bearer) : null;
  if (url.pathname === "/v2/" || url.pathname === "/v2") {
    if (!principal)
      refuseRegistry(401, "UNAUTHORIZED", "authentication required", { "www-authenticate": challenge(null) });
    response.writeHead(200, { "content-type": "application/json" }).end("{}");
    return true;
  }
  for (const route of registryRoutes) {
    const match = route.method === request.method ? route.path.exec(url.pathname) : null;
    if (!match) continue;
    const [, name = "", reference = ""] = match;
    if (!NAME.test(name) || !name.includes("/")) refuseRegistry(400, "NAME_INVALID", "invalid repository name");
    const demand = (of: string, action: RegistryAction) => {
      const scope = `repository:${of}:${action === "push" ? "pull,push" : action}`;
      if (!principal)
        refuseRegistry(401, "UNAUTHORIZED", "authentication required", { "www-authenticate": challenge(scope) });
      const denied = denial(hub, principal, of, action);
      if (denied === null) return;
      if (principal.kind === "anonymous")
        refuseRegistry(401, "UNAUTHORIZED", "authentication required", { "www-authenticate": challenge(scope) });
      refuseRegistry(403, "DENIED", denied);
    };
    demand(name, route.action);
    const caller = principal ?? { kind: "anonymous" };
    await route.handle({
      hub,
      blobs,
      request,
      response,
      name,
      reference: decodeURIComponent(reference),
      query: url.searchParams,
      principal: caller,
      actor: actorOf(caller, { person: hub.person, appSlug: hub.app.slug }),
      demand,
      body: async () => await buffer(request),
    });
    return true;
  }
  sendError(response, 501, "UNSUPPORTED", `The sandbox's registry does not know ${request.method} ${url.pathname}`);
  return false;
}

function sendError(
  response: ServerResponse,
  status: number,
  code: string,
  message: string,
  headers: Record<string, string> = {},
): void {
  const body = JSON.stringify({ errors: [{ code, message }] });
  response
    .writeHead(status, { "content-type": "application/json", "content-length": Buffer.byteLength(body), ...headers })
    .end(body);
}
