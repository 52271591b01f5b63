import type { IncomingMessage, ServerResponse } from "node:http";
import { text } from "node:stream/consumers";
import { authenticateToken } from "../authenticate.ts";
import type { Hub } from "../hub.ts";
import { packageOf } from "./package-of.ts";
import { refuseRegistry } from "./registry-error.ts";
import type { Sessions } from "./sessions.ts";

/** GET with Basic, or POST as OAuth2 does it. https://distribution.github.io/distribution/spec/auth/token/ */
export async function serveToken(
  hub: Hub,
  sessions: Sessions,
  request: IncomingMessage,
  response: ServerResponse,
  query: URLSearchParams,
): Promise<void> {
  const form = request.method === "POST" ? new URLSearchParams(await text(request)) : null;
  const credential = form
    ? (form.get("password") ?? form.get("refresh_token"))
    : passwordOf(request.headers.authorization);
  if (credential !== null && !authenticateToken(hub, credential)) refuseRegistry(403, "DENIED", "denied");
  if (credential === null) refuseHidden(hub, (form ?? query).getAll("scope"));
  const { token, expiresIn, issuedAt } = sessions.issue(credential);
  const body = JSON.stringify({ token, access_token: token, expires_in: expiresIn, issued_at: issuedAt });
  response.writeHead(200, { "content-type": "application/json", "content-length": Buffer.byteLength(body) }).end(body);
}

/** ghcr.io gives nobody's token for a package that is private or not there. */
function refuseHidden(hub: Hub, scopes: string[]): void {
  for (const scope of scopes) {
    const [, name = ""] = /^repository:([^:]+):/.exec(scope) ?? [];
    if (packageOf(hub.state, name)?.visibility !== "public")
      refuseRegistry(401, "UNAUTHORIZED", "authentication required");
  }
}

function passwordOf(header: string | undefined): string | null {
  const encoded = /^Basic (.+)$/i.exec(header ?? "")?.[1];
  if (!encoded) return null;
  const decoded = Buffer.from(encoded, "base64").toString();
  return decoded.slice(decoded.indexOf(":") + 1);
}
