import type { Fields, Slack } from "./model.ts";
import { Refusal } from "./refusal.ts";
import { respond } from "./respond.ts";

const MOST_USES = 5;

/** One POST to a response_url. `undefined` where no such URL was ever given out. */
export function useResponseUrl(
  slack: Slack,
  path: string,
  body: unknown,
): { status: number; body: Fields } | undefined {
  const target = slack.responseUrls.get(path);
  if (target === undefined) return undefined;
  if (slack.world.clock.now().getTime() > target.expires)
    return { status: 404, body: { ok: false, error: "expired_url" } };
  if (target.uses >= MOST_USES) return { status: 404, body: { ok: false, error: "used_url" } };
  target.uses += 1;
  try {
    respond(slack, target, body);
    return { status: 200, body: { ok: true } };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return { status: 400, body: { ok: false, error: error.code, ...error.details } };
  }
}
