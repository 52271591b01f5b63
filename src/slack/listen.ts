import type { App } from "@slack/bolt";
import { WISHES } from "../project/wishes.ts";
import { acknowledge } from "./acknowledge.ts";
import type { Call, Reply } from "./call.ts";
import { parse } from "./commands/parse.ts";
import { run } from "./commands/run.ts";
import type { Home } from "./create-home.ts";
import { createOnce } from "./create-once.ts";
import type { Desk } from "./desk.ts";
import { guarded } from "./guarded.ts";
import { listenToButtons } from "./listen-to-buttons.ts";
import { listenToForms } from "./listen-to-forms.ts";
import { mentionLine } from "./mention-line.ts";
import { reply } from "./views/reply.ts";
import { whisper } from "./whisper.ts";

/**
 * What Slack tells us: each acknowledged once what is wanted is written down (three seconds are the most), and done once
 * however often it comes.
 * manifests/slack-app.yaml asks Slack for exactly these.
 */
export function listen(app: App, desk: Desk, home: Home, onChannelOpened: (channel: string) => void): void {
  const once = createOnce(desk.clock);

  app.command("/project", async ({ command, ack, respond }) => {
    const call: Call = {
      id: command.trigger_id,
      person: command.user_id,
      team: command.team_id,
      channel: command.channel_id,
      thread: undefined,
      triggerId: command.trigger_id,
      reply: async ({ text, blocks }: Reply) => {
        await respond({ response_type: "ephemeral", text, blocks });
      },
      noted: () => {},
    };
    const late = async () =>
      isWish(command.text) ? call.reply(reply(desk.words.slack.failed.notNotedYet)) : undefined;
    await acknowledge({ ack: async () => ack(), clock: desk.clock, late }, (noted) =>
      once(call.id, () => guarded(call, desk, () => run(command.text, { ...call, noted }, desk))),
    );
  });

  // Slash commands do not work in threads: https://docs.slack.dev/interactivity/implementing-slash-commands
  app.event("app_mention", async ({ event, body, context }) => {
    const { user, channel } = event;
    if (user === undefined) return;
    const thread = event.thread_ts;
    const call: Call = {
      id: body.event_id,
      person: user,
      team: context.teamId,
      channel,
      thread,
      triggerId: undefined,
      reply: (answer) => whisper(desk.client, { person: user, channel, thread }, answer),
      noted: () => {},
    };
    await once(call.id, () => guarded(call, desk, () => run(mentionLine(event.text), call, desk)));
  });

  listenToButtons(app, desk, once);
  listenToForms(app, desk, once);

  app.event("app_home_opened", async ({ event }) => {
    if (event.tab === "home") await home.opened(event.user);
  });
  app.event("member_joined_channel", async ({ event, context }) => {
    if (event.user === context.botUserId) onChannelOpened(event.channel);
  });
  app.event("channel_unarchive", async ({ event }) => onChannelOpened(event.channel));
  app.event("group_unarchive", async ({ event }) => onChannelOpened(event.channel));
}

/** Whether a line asks for something that is written down, and not for a look. */
function isWish(text: string): boolean {
  const { verb } = parse(text);
  return verb === "create" || Object.hasOwn(WISHES, verb);
}
