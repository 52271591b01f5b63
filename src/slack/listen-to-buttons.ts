import type { App, BlockAction } from "@slack/bolt";
import { acknowledge } from "./acknowledge.ts";
import { pressOf } from "./actions/index.ts";
import type { Call } from "./call.ts";
import type { Once } from "./create-once.ts";
import type { Desk } from "./desk.ts";
import { guarded } from "./guarded.ts";
import { whisper } from "./whisper.ts";

/** Every button of ours, in messages, forms and App Home. One that only opens an address is acknowledged too. */
export function listenToButtons(app: App, desk: Desk, once: Once): void {
  app.action<BlockAction>({ type: "block_actions" }, async ({ action, body, ack, respond }) => {
    const press = pressOf(action.action_id);
    if (!press || action.type !== "button") return ack();
    const person = body.user.id;
    const channel = body.channel?.id;
    // Of an ephemeral message Slack sends only the container.
    const thread: unknown = body.message?.thread_ts ?? body.container.thread_ts;
    const call: Call = {
      id: `${body.trigger_id} ${action.action_id}`,
      person,
      team: body.team?.id,
      channel,
      thread: typeof thread === "string" ? thread : undefined,
      triggerId: body.trigger_id,
      // Beside the message with the button, never in its place. App Home has no response_url.
      reply: async (reply) => {
        if (body.response_url === undefined) return whisper(desk.client, { person, channel }, reply);
        const { text, blocks } = reply;
        const in_thread = typeof thread === "string" && { thread_ts: thread };
        await respond({ response_type: "ephemeral", replace_original: false, text, blocks, ...in_thread });
      },
      noted: () => {},
    };
    await acknowledge({ ack: async () => ack(), clock: desk.clock }, (noted) =>
      once(call.id, () => guarded(call, desk, () => press(action.value ?? "", { ...call, noted }, desk))),
    );
  });
}
