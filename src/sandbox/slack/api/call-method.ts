import type { Fields, Slack } from "../model.ts";
import { Refusal } from "../refusal.ts";
import type { Method } from "./define-method.ts";
import { methods } from "./methods.ts";

export interface Answer {
  status: number;
  headers: Record<string, string>;
  body: Fields;
  covered: boolean;
}

/** One call of the Web API, in the order in which Slack refuses: unknown, token, scope, rate, arguments. */
export function callMethod(slack: Slack, name: string, token: string | undefined, given: Fields): Answer {
  const method = methods[name];
  if (method === undefined) {
    return answer(
      { ok: false, error: "unknown_method", req_method: name, sandbox: `The sandbox's Slack does not know ${name}.` },
      { covered: false },
    );
  }
  const headers = { "x-oauth-scopes": [...slack.scopes].join(","), "x-accepted-oauth-scopes": method.scopes.join(",") };
  try {
    checkToken(slack, method, token);
    failOnPurpose(slack, name);
    checkScope(slack, method);
    const wait = slack.throttle(name, method.channelOf?.(given));
    if (wait !== undefined) throw new Refusal("ratelimited", { retryAfter: wait });
    return answer({ ok: true, ...method.run(slack, given) }, { headers });
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const { retryAfter, ...details } = error.details;
    const body = { ok: false, error: error.code, ...details };
    if (error.code !== "ratelimited") return answer(body, { headers });
    return answer(body, { status: 429, headers: { ...headers, "retry-after": String(retryAfter ?? 1) } });
  }
}

function answer(body: Fields, rest: Partial<Omit<Answer, "body">>): Answer {
  return { status: 200, headers: {}, covered: true, ...rest, body };
}

function checkToken(slack: Slack, method: Method, token: string | undefined): void {
  if (method.token === "none") return;
  if (token === undefined || token === "") throw new Refusal("not_authed");
  if (token !== slack.tokens.bot && token !== slack.tokens.app) throw new Refusal("invalid_auth");
  if (slack.tokens.revoked) throw new Refusal("token_revoked");
  const kind = token === slack.tokens.app ? "app" : "bot";
  if (kind !== method.token) throw new Refusal("not_allowed_token_type");
}

function checkScope(slack: Slack, method: Method): void {
  const [needed] = method.scopes;
  if (needed === undefined || method.scopes.some((scope) => slack.scopes.has(scope))) return;
  throw new Refusal("missing_scope", { needed, provided: [...slack.scopes].join(",") });
}

/** Failures that a test or a scenario has asked for, oldest first. */
function failOnPurpose(slack: Slack, name: string): void {
  const index = slack.failures.findIndex((failure) => failure.method === name);
  const [failure] = index < 0 ? [] : slack.failures.splice(index, 1);
  if (failure === undefined) return;
  throw new Refusal(failure.error, failure.retryAfter === undefined ? {} : { retryAfter: failure.retryAfter });
}
