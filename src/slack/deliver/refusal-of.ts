import { WebAPIHTTPError, WebAPIPlatformError, WebAPIRateLimitedError, WebAPIRequestError } from "@slack/web-api";
import type { SlackProblemCode } from "../../project/ports/slack.ts";
import { Problem } from "../../project/problem.ts";

/** Why a call failed, by what is to be done about it. */
export type Refusal =
  /** Not before. */
  | { kind: "wait"; seconds: number }
  /** The channel or the app needs a person; `detail` is the missing scope, or Slack's error. */
  | { kind: "problem"; code: SlackProblemCode; detail: string }
  /** Nobody knows whether it was done: the answer was lost, not the call. */
  | { kind: "lost"; detail: string /** Slack says so itself: by then what it did is done. */; answered?: true }
  /** Slack could not be reached, so that it was not done. */
  | { kind: "unsent"; detail: string }
  /** Not sent: the term of whoever wanted it is over. */
  | { kind: "overtaken" }
  | { kind: "blocks"; detail: string }
  /** The message, or its thread, is not there any more. */
  | { kind: "gone"; detail: string }
  | { kind: "other"; detail: string };

/** Errors of https://docs.slack.dev/reference/methods/chat.postMessage#errors, chat.update and conversations.history. */
const CODES: Record<string, SlackProblemCode> = {
  not_in_channel: "slack-not-in-channel",
  // A private channel that the bot is not in looks as if it did not exist.
  channel_not_found: "slack-not-in-channel",
  is_archived: "slack-archived",
  // As chat.update says it.
  is_inactive: "slack-archived",
  missing_scope: "slack-scope-missing",
  no_permission: "slack-scope-missing",
  not_allowed_token_type: "slack-scope-missing",
  invalid_auth: "slack-token-invalid",
  not_authed: "slack-token-invalid",
  account_inactive: "slack-token-invalid",
  token_revoked: "slack-token-invalid",
  token_expired: "slack-token-invalid",
  org_login_required: "slack-token-invalid",
};

const BLOCKS = ["invalid_blocks", "invalid_blocks_format", "msg_blocks_too_long"];
const GONE = ["message_not_found", "thread_not_found", "cant_update_message", "edit_window_closed"];
/** Slack's own trouble; whether the call was carried out is left open. */
const LOST = ["internal_error", "fatal_error", "service_unavailable", "request_timeout"];

export function refusalOf(error: unknown): Refusal {
  if (error instanceof WebAPIRateLimitedError) return { kind: "wait", seconds: error.retryAfter };
  if (error instanceof WebAPIRequestError) return unanswered(error.original);
  if (error instanceof WebAPIHTTPError) return { kind: "lost", detail: `HTTP ${error.statusCode}` };
  if (!(error instanceof WebAPIPlatformError)) return { kind: "other", detail: String(error) };
  const { data } = error;
  const code = CODES[data.error];
  if (code !== undefined) return { kind: "problem", code, detail: neededScope(data) ?? data.error };
  // A 429 whose body says so, without the header.
  if (data.error === "ratelimited") return { kind: "wait", seconds: 30 };
  const detail = [data.error, ...(data.response_metadata?.messages ?? [])].join(": ");
  if (BLOCKS.includes(data.error)) return { kind: "blocks", detail };
  if (GONE.includes(data.error)) return { kind: "gone", detail };
  if (LOST.includes(data.error)) return { kind: "lost", detail, answered: true };
  return { kind: "other", detail };
}

/** Node's names for a connection that was never made, undici's for one that took too long to be. */
const UNSENT = ["ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN", "EHOSTUNREACH", "ENETUNREACH", "UND_ERR_CONNECT_TIMEOUT"];

function unanswered(error: Error): Refusal {
  if (error instanceof Problem && error.code === "leader-lost") return { kind: "overtaken" };
  const { cause } = error;
  const code = cause instanceof Error && "code" in cause ? cause.code : undefined;
  const isUnsent = typeof code === "string" && UNSENT.includes(code);
  return { kind: isUnsent ? "unsent" : "lost", detail: error.message };
}

function neededScope(data: object): string | undefined {
  return "needed" in data && typeof data.needed === "string" ? data.needed : undefined;
}
