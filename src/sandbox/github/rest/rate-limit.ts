import type { Hub } from "../hub.ts";
import type { Principal } from "../principal.ts";
import { refuse } from "./refuse.ts";

/** Calls made in the running hour, by caller. https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api */
export type RateLimits = Map<string, { used: number; resetAt: number }>;

const HOUR = 3_600_000;

interface Counted {
  headers: Record<string, string>;
  /** Throws the refusal, where there is one. */
  refused: (() => never) | null;
  /** A 304 is not counted; gives the headers that then hold. */
  giveBack(): Record<string, string>;
}

/** Counts a call; GET /rate_limit is free. */
export function rateLimit(
  hub: Hub,
  limits: RateLimits,
  principal: Principal,
  request: { path: string; method: string },
): Counted {
  const now = hub.world.clock.now().getTime();
  const key =
    principal.kind === "user"
      ? `user ${principal.login}`
      : principal.kind === "installation"
        ? `installation ${principal.workflow}`
        : principal.kind;
  const free = request.path === "/rate_limit";
  const window = windowOf(limits, key, now);
  const limit = limitOf(principal);
  const exhausted = now < hub.faults.primaryLimitUntil && principal.kind !== "app";
  if (exhausted) Object.assign(window, { used: limit, resetAt: hub.faults.primaryLimitUntil });
  else if (!free) window.used += 1;
  const headers = () => ({
    "x-ratelimit-limit": String(limit),
    "x-ratelimit-remaining": String(Math.max(0, limit - window.used)),
    "x-ratelimit-used": String(Math.min(limit, window.used)),
    "x-ratelimit-reset": String(Math.ceil(window.resetAt / 1000)),
    "x-ratelimit-resource": "core",
  });
  return {
    headers: headers(),
    refused: free ? null : refusal(hub, principal, exhausted || window.used > limit, request.method),
    giveBack() {
      window.used -= 1;
      return headers();
    },
  };
}

export function limitOf(principal: Principal): number {
  return principal.kind === "anonymous" ? 60 : 5000;
}

function windowOf(limits: RateLimits, key: string, now: number): { used: number; resetAt: number } {
  const known = limits.get(key);
  if (known && known.resetAt > now) return known;
  const fresh = { used: 0, resetAt: now + HOUR };
  limits.set(key, fresh);
  return fresh;
}

function refusal(hub: Hub, principal: Principal, exhausted: boolean, method: string): (() => never) | null {
  if (exhausted) {
    const whose = principal.kind === "installation" ? `installation ID ${hub.app.installationId}` : "user ID 1001";
    return () =>
      refuse(403, `API rate limit exceeded for ${whose}.`, { documentation: `${DOCS}#about-primary-rate-limits` });
  }
  const { secondary } = hub.faults;
  if (secondary.calls > 0 && method !== "HEAD") {
    secondary.calls -= 1;
    return () =>
      refuse(403, SECONDARY, {
        documentation: `${DOCS}#about-secondary-rate-limits`,
        headers: { "retry-after": String(secondary.retryAfter) },
      });
  }
  return null;
}

const DOCS = "https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api";
const SECONDARY =
  "You have exceeded a secondary rate limit. Please wait a few minutes before you try again. If you reach out to GitHub Support for help, please include the request ID.";
