import type { App, RespondFn } from "@slack/bolt";
import type { Call, Desk, Reply } from "./call.ts";
import { run } from "./commands/run.ts";
import { createDedupe } from "./dedupe.ts";
import type { Delivery } from "./deliver/create-delivery.ts";
import { guarded } from "./guarded.ts";

/** What Slack tells us, each acknowledged at once (three seconds are the most) and done once however often it comes. */
export function listen(app: App, desk: Desk, delivery: Delivery): void {
  const isNew = createDedupe(desk.clock);

  app.command("/project", async ({ command, ack, respond }) => {
    await ack();
    if (!isNew(command.trigger_id)) return;
    const call: Call = {
      id: command.trigger_id,
      person: command.user_id,
      team: command.team_id,
      channel: command.channel_id,
      thread: undefined,
      triggerId: command.trigger_id,
      reply: replyBy(respond),
    };
    await guarded(call, desk, () => run(command.text, call, desk));
  });

  app.event("member_joined_channel", async ({ event, context }) => {
    if (event.user === context.botUserId) delivery.wake(event.channel);
  });
}

/** An answer for the presser's eyes; beside a message, not in its place. */
function replyBy(respond: RespondFn): (reply: Reply) => Promise<void> {
  return async ({ text, blocks }) => {
    await respond({ response_type: "ephemeral", replace_original: false, text, blocks });
  };
}
