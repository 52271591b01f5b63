import type { Call } from "../call.ts";
import type { Desk } from "../desk.ts";
import { actions, button, section } from "../views/blocks.ts";
import { type CreateDraft, createModal } from "../views/create-modal.ts";
import { reply } from "../views/reply.ts";

/** The launch form; from where none can be opened (a mention), a button that can. */
export async function openCreate(draft: CreateDraft, call: Call, desk: Desk): Promise<void> {
  const { words } = desk;
  const refusal = await desk.access.refusal({ person: call.person, channel: call.channel, right: "launch" });
  if (refusal !== undefined) return call.reply({ text: refusal, blocks: [section(refusal)] });
  if (call.triggerId === undefined) {
    const open = button({ action: "open-create", text: words.slack.buttons.create, style: "primary" });
    return call.reply(reply(words.slack.modal.open, ...actions(open)));
  }
  const view = createModal(draft, desk.launcher.templates(), desk.settings, words);
  await desk.client.views.open({ trigger_id: call.triggerId, view });
}
