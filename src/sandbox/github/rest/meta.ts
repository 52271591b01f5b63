import { ok } from "./answer.ts";
import { limitOf } from "./rate-limit.ts";
import type { Call, Route } from "./route.ts";

export const metaRoutes: Route[] = [
  { operation: "meta/root", method: "GET", path: "/", handle: root },
  { operation: "meta/get", method: "GET", path: "/meta", handle: meta },
  { operation: "meta/get-zen", method: "GET", path: "/zen", handle: () => ok("Speak like a human.") },
  { operation: "rate-limit/get", method: "GET", path: "/rate_limit", handle: limits },
];

function root(call: Call) {
  const { api } = call.hub.address;
  return ok({
    current_user_url: `${api}/user`,
    rate_limit_url: `${api}/rate_limit`,
    repository_url: `${api}/repos/{owner}/{repo}`,
  });
}

function meta(call: Call) {
  const hosts = ["127.0.0.1/32"];
  return ok({
    verifiable_password_authentication: false,
    hooks: hosts,
    web: hosts,
    api: hosts,
    git: hosts,
    packages: hosts,
    actions: hosts,
    domains: { website: [new URL(call.hub.address.server).host] },
  });
}

function limits(call: Call) {
  const limit = limitOf(call.principal);
  const until = call.hub.faults.primaryLimitUntil;
  const now = call.hub.world.clock.now().getTime();
  const limited = now < until;
  const reset = Math.ceil((limited ? until : now + 3_600_000) / 1000);
  const core = { limit, used: limited ? limit : 0, remaining: limited ? 0 : limit, reset };
  const search = { limit: 30, used: 0, remaining: 30, reset };
  return ok({ resources: { core, search }, rate: core });
}
