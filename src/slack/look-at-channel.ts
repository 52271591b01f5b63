import type { WebClient } from "@slack/web-api";
import { refusalOf } from "./deliver/refusal-of.ts";

/** Can a thread be told there? */
export type ChannelState = "ok" | "missing" | "archived" | "unknown";

/** Only a look; without an answer nothing is held up. */
export async function lookAtChannel(client: WebClient, channel: string): Promise<ChannelState> {
  try {
    const { channel: found } = await client.conversations.info({ channel });
    if (found?.is_archived) return "archived";
    // A direct message has no members to be one of.
    return found?.is_member || found?.is_im ? "ok" : "missing";
  } catch (error) {
    const refusal = refusalOf(error);
    // A private channel without the bot looks as if it did not exist.
    return refusal.kind === "problem" && refusal.code === "slack-not-in-channel" ? "missing" : "unknown";
  }
}
