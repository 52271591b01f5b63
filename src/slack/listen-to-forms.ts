import type { App } from "@slack/bolt";
import type { Call } from "./call.ts";
import type { Once } from "./create-once.ts";
import type { Desk } from "./desk.ts";
import { failureSentence } from "./failure-sentence.ts";
import type { Answer, Form, Submission } from "./modals/form.ts";
import { forms } from "./modals/index.ts";
import { section } from "./views/blocks.ts";
import { escapeText } from "./views/escape-text.ts";
import { noteModal } from "./views/note-modal.ts";
import { whisper } from "./whisper.ts";

/** Slack gives a submission three seconds: https://docs.slack.dev/surfaces/modals#handling-submissions */
const PATIENCE = 2_200;

/** Submitted forms: closed, corrected, or, where the checks take long, shown as checking until they answer. */
export function listenToForms(app: App, desk: Desk, once: Once): void {
  for (const form of forms) {
    app.view(form.callbackId, async ({ ack, body, view }) => {
      const submission = { viewId: view.id, privateMetadata: view.private_metadata, values: view.state.values };
      const call = callOf(body, submission);
      const work = once(call.id, () => submitted(form, submission, call, desk));
      const answer = new AbortController();
      const early = await Promise.race([work, patience(desk, answer.signal)]);
      answer.abort();
      if (early !== "slow") return ack(answered(early));
      const { modal } = desk.words.slack;
      await ack({ response_action: "update", view: noteModal([section(escapeText(modal.checking))], desk.words) });
      const late = await work;
      await desk.client.views.update({ view_id: view.id, view: lateView(late, desk) });
    });
  }

  function callOf(body: { user: { id: string }; team: { id: string } | null }, submission: Submission): Call {
    const trigger = "trigger_id" in body && typeof body.trigger_id === "string" ? body.trigger_id : submission.viewId;
    const person = body.user.id;
    return {
      id: trigger,
      person,
      team: body.team?.id,
      channel: undefined,
      thread: undefined,
      triggerId: undefined,
      reply: (reply) => whisper(desk.client, { person, channel: undefined }, reply),
      noted: () => {},
    };
  }
}

async function submitted(form: Form, submission: Submission, call: Call, desk: Desk): Promise<Answer> {
  try {
    return await form.submit(submission, call, desk);
  } catch (error) {
    desk.log.error({ err: error, form: form.callbackId, person: call.person }, "a form was not handled");
    return { view: noteModal([section(escapeText(failureSentence(error, desk.words)))], desk.words) };
  }
}

async function patience(desk: Desk, answered: AbortSignal): Promise<"slow"> {
  await desk.clock.sleep(PATIENCE, answered);
  return "slow";
}

function answered(answer: Answer) {
  if (answer === undefined) return undefined;
  if ("errors" in answer) return { response_action: "errors" as const, errors: answer.errors };
  return { response_action: "update" as const, view: answer.view };
}

/** The form is gone by then: what is wrong is said in its place. */
function lateView(answer: Answer, desk: Desk) {
  const { modal } = desk.words.slack;
  if (answer === undefined) return noteModal([section(escapeText(modal.launched))], desk.words);
  if ("view" in answer) return answer.view;
  return noteModal([section(escapeText(Object.values(answer.errors).join("\n")))], desk.words);
}
