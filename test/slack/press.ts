import type { Bot, ClientMessage } from "./start-bot.ts";

/** Presses the button with this action in a message, as the sandbox's person. */
export async function press(bot: Bot, message: ClientMessage, action: string): Promise<void> {
  const block = (message.blocks ?? []).find((each) => JSON.stringify(each).includes(`"action_id":"${action}"`));
  if (typeof block !== "object" || block === null || !("block_id" in block)) {
    throw new Error(`no button ${action} in ${JSON.stringify(message.blocks)}`);
  }
  await bot.workspace.click({
    person: bot.you,
    channel: message.channel,
    message_ts: message.ts,
    block_id: String(block.block_id),
    action_id: action,
  });
}
