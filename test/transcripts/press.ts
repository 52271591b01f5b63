import { z } from "zod";
import type { ClientMessage } from "../../src/sandbox/slack/client-api.ts";
import type { Workspace } from "../../src/sandbox/slack/workspace.ts";

const button = z.looseObject({ action_id: z.string(), text: z.looseObject({ text: z.string() }) });
const row = z.looseObject({ type: z.literal("actions"), block_id: z.string(), elements: z.array(z.unknown()) });

/** Presses the button that reads `label`, on the newest message of a channel that has it. */
export async function press(workspace: Workspace, channel: string, label: string): Promise<void> {
  const messages = workspace
    .messages(channel)
    .flatMap(({ ts }) => workspace.thread(channel, ts))
    .toSorted((one, other) => other.ts.localeCompare(one.ts));
  for (const message of messages) {
    const place = placeOf(message, label);
    if (place) return await workspace.click({ person: workspace.you, channel, message_ts: message.ts, ...place });
  }
  throw new Error(`nothing in ${channel} has a button [${label}]`);
}

function placeOf({ blocks = [] }: ClientMessage, label: string): { block_id: string; action_id: string } | undefined {
  for (const block of blocks) {
    const actions = row.safeParse(block);
    if (!actions.success) continue;
    for (const element of actions.data.elements) {
      const read = button.safeParse(element);
      if (read.success && read.data.text.text === label)
        return { block_id: actions.data.block_id, action_id: read.data.action_id };
    }
  }
  return undefined;
}
