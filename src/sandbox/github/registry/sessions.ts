import { authenticateToken } from "../authenticate.ts";
import type { Hub } from "../hub.ts";
import type { Principal } from "../principal.ts";

/** Bearer tokens of the registry: short-lived, each remembering the credential it was made from so that a revoked one ends it too. */
export interface Sessions {
  issue(credential: string | null): { token: string; expiresIn: number; issuedAt: string };
  /** Null for a token that is unknown, too old, or whose credential has been revoked since. */
  resolve(token: string): Principal | null;
}

const LIFETIME = 300;

export function createSessions(hub: Hub): Sessions {
  const known = new Map<string, { credential: string | null; expiresAt: number }>();
  const random = hub.world.random.fork("registry-sessions");
  return {
    issue(credential) {
      const token = random.text(48);
      const now = hub.world.clock.now();
      known.set(token, { credential, expiresAt: now.getTime() + LIFETIME * 1000 });
      return { token, expiresIn: LIFETIME, issuedAt: now.toISOString() };
    },
    resolve(token) {
      const session = known.get(token);
      if (!session || session.expiresAt <= hub.world.clock.now().getTime()) return null;
      return session.credential === null ? { kind: "anonymous" } : authenticateToken(hub, session.credential);
    },
  };
}
