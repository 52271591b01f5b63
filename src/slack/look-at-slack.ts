import type { WebClient } from "@slack/web-api";
import type { SlackState } from "../project/ports/doctor.ts";
import { refusalOf } from "./deliver/refusal-of.ts";
import { SCOPES } from "./scopes.ts";

/** Does Slack take the bot's token, with what rights, and does what people say arrive? `arrives`: undefined where it does. */
export async function lookAtSlack(
  client: WebClient,
  way: "socket" | "http",
  arrives: () => Promise<string | undefined>,
): Promise<SlackState> {
  try {
    const { user, team, response_metadata } = await client.auth.test();
    // As the header x-oauth-scopes says: https://docs.slack.dev/tools/node-slack-sdk/web-api
    const granted = response_metadata?.scopes;
    const problem = await arrives();
    if (problem !== undefined) return { ok: false, code: "slack-socket-down", detail: problem };
    const missing = granted && SCOPES.filter((scope) => !granted.includes(scope));
    return { ok: true, user: user ?? "", team: team ?? "", way, missing };
  } catch (error) {
    const refusal = refusalOf(error);
    const code = refusal.kind === "problem" ? refusal.code : "slack-unreachable";
    return { ok: false, code, detail: "detail" in refusal ? refusal.detail : "Slack asks to slow down" };
  }
}
