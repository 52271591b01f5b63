import type { App } from "@slack/bolt";
import type { Reply } from "./call.ts";
import { run } from "./commands/run.ts";
import { createOnce } from "./create-once.ts";
import type { Desk } from "./desk.ts";
import { guarded } from "./guarded.ts";
import { listenToButtons } from "./listen-to-buttons.ts";
import { listenToForms } from "./listen-to-forms.ts";
import { publishHome } from "./publish-home.ts";
import { whisper } from "./whisper.ts";

/**
 * What Slack tells us: each acknowledged at once (three seconds are the most) and done once however often it comes.
 * manifests/slack-app.yaml asks Slack for exactly these.
 */
export function listen(app: App, desk: Desk, onChannelOpened: (channel: string) => void): void {
  const once = createOnce(desk.clock);

  app.command("/project", async ({ command, ack, respond }) => {
    await ack();
    const call = {
      id: command.trigger_id,
      person: command.user_id,
      team: command.team_id,
      channel: command.channel_id,
      thread: undefined,
      triggerId: command.trigger_id,
      reply: async ({ text, blocks }: Reply) => {
        await respond({ response_type: "ephemeral", text, blocks });
      },
    };
    await once(call.id, () => guarded(call, desk, () => run(command.text, call, desk)));
  });

  // Slash commands do not work in threads: https://docs.slack.dev/interactivity/implementing-slash-commands
  app.event("app_mention", async ({ event, body, context }) => {
    const { user, channel } = event;
    if (user === undefined) return;
    const thread = event.thread_ts;
    const call = {
      id: body.event_id,
      person: user,
      team: context.teamId,
      channel,
      thread,
      triggerId: undefined,
      reply: (reply: Reply) => whisper(desk.client, { person: user, channel, thread }, reply),
    };
    const text = event.text.replace(/<@[A-Z0-9]+(\|[^>]*)?>/g, " ").trim();
    await once(call.id, () => guarded(call, desk, () => run(text, call, desk)));
  });

  listenToButtons(app, desk, once);
  listenToForms(app, desk, once);

  app.event("app_home_opened", async ({ event }) => {
    if (event.tab === "home") await publishHome(event.user, desk);
  });
  app.event("member_joined_channel", async ({ event, context }) => {
    if (event.user === context.botUserId) onChannelOpened(event.channel);
  });
  app.event("channel_unarchive", async ({ event }) => onChannelOpened(event.channel));
  app.event("group_unarchive", async ({ event }) => onChannelOpened(event.channel));
}
