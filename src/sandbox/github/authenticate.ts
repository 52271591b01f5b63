import { verify } from "node:crypto";
import { z } from "zod";
import type { Hub } from "./hub.ts";
import type { Principal } from "./principal.ts";

/** Who a request's Authorization header says it is; null for credentials that are no good. */
export function authenticate(hub: Hub, header: string | undefined): Principal | null {
  if (!header) return { kind: "anonymous" };
  const [scheme = "", value = ""] = header.split(" ");
  switch (scheme.toLowerCase()) {
    case "bearer":
    case "token":
      return value.split(".").length === 3 ? authenticateApp(hub, value) : authenticateToken(hub, value);
    case "basic": {
      const decoded = Buffer.from(value, "base64").toString();
      const colon = decoded.indexOf(":");
      const [name, password] = [decoded.slice(0, colon), decoded.slice(colon + 1)];
      // Some clients send the token as the name. https://github.blog/2012-09-21-easier-builds-and-deployments-using-git-over-https-and-oauth/
      return authenticateToken(hub, password === "" || password === "x-oauth-basic" ? name : password);
    }
    default:
      return null;
  }
}

export function authenticateToken(hub: Hub, token: string): Principal | null {
  const principal = hub.state.tokens[token];
  if (!principal) return null;
  if (principal.kind === "installation" && Date.parse(principal.expiresAt) <= hub.world.clock.now().getTime())
    return null;
  return principal;
}

const claims = z.object({ iss: z.union([z.string(), z.number()]), iat: z.number(), exp: z.number() });

/** https://docs.github.com/en/apps/creating-github-apps/authenticating-with-a-github-app/generating-a-json-web-token-jwt-for-a-github-app */
function authenticateApp(hub: Hub, jwt: string): Principal | null {
  const [head = "", body = "", signature = ""] = jwt.split(".");
  const genuine = verify(
    "RSA-SHA256",
    Buffer.from(`${head}.${body}`),
    hub.app.publicKey,
    Buffer.from(signature, "base64url"),
  );
  if (!genuine) return null;
  const claim = claims.safeParse(parseJson(Buffer.from(body, "base64url").toString()));
  if (!claim.success || String(claim.data.iss) !== String(hub.app.id)) return null;
  const now = hub.world.clock.now().getTime() / 1000;
  return claim.data.exp > now && claim.data.exp <= now + 660 ? { kind: "app" } : null;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
