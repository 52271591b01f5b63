import { z } from "zod";
import { checkView } from "../api/check-view.ts";
import { changeView } from "../change-view.ts";
import { closeViews } from "../close-views.ts";
import { describeView } from "../describe-view.ts";
import { isFields } from "../is-fields.ts";
import type { Person, Slack, View } from "../model.ts";
import { newTrigger } from "../new-trigger.ts";
import { openView } from "../open-view.ts";
import { Refusal } from "../refusal.ts";
import { checkFields } from "./check-fields.ts";
import { interaction } from "./interaction.ts";
import { notice } from "./notice.ts";
import { takeValues, type Values } from "./take-values.ts";

export interface Submitted {
  /** By block_id; the modal stays open. */
  errors?: Record<string, string>;
}

const TROUBLE = "We had some trouble connecting. Try again?";

/** https://docs.slack.dev/surfaces/modals#response_actions */
const answerSchema = z.discriminatedUnion("response_action", [
  z.object({ response_action: z.literal("errors"), errors: z.record(z.string(), z.string()) }),
  z.object({ response_action: z.literal("update"), view: z.record(z.string(), z.unknown()) }),
  z.object({ response_action: z.literal("push"), view: z.record(z.string(), z.unknown()) }),
  z.object({ response_action: z.literal("clear") }),
]);

/** A person presses a modal's submit button: view_submission, and what the app's answer does to the modal. */
export async function submit(slack: Slack, person: Person, view: View, values: Values): Promise<Submitted> {
  takeValues(view, values);
  const errors = checkFields(view);
  if (Object.keys(errors).length > 0) return { errors };

  const outcome = await slack.deliver({
    type: "interactive",
    acceptsResponse: true,
    payload: {
      type: "view_submission",
      ...interaction(slack, person),
      trigger_id: newTrigger(slack, person.id, view.id),
      view: describeView(slack, view),
      response_urls: [],
    },
  });
  if (outcome.state === "failed") {
    notice(slack, person.id, `${TROUBLE} (${outcome.error})`);
    return {};
  }
  if (!isFields(outcome.payload) || outcome.payload.response_action === undefined) {
    closeViews(slack, person.id, view.id);
    return {};
  }
  return answer(slack, person, view, outcome.payload);
}

function answer(slack: Slack, person: Person, view: View, payload: unknown): Submitted {
  const parsed = answerSchema.safeParse(payload);
  if (!parsed.success) return troubled(slack, person);
  try {
    switch (parsed.data.response_action) {
      case "errors": {
        // Slack takes errors only for the blocks that are there.
        const known = Object.keys(parsed.data.errors).every((id) => view.blocks.some((block) => block.block_id === id));
        return known ? { errors: parsed.data.errors } : troubled(slack, person);
      }
      case "update":
        checkView(slack, parsed.data.view, "modal", view.id);
        changeView(slack, view, parsed.data.view);
        return {};
      case "push":
        checkView(slack, parsed.data.view, "modal");
        openView(slack, person.id, parsed.data.view, "push");
        return {};
      case "clear":
        closeViews(slack, person.id, view.rootViewId);
        return {};
    }
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return troubled(slack, person);
  }
}

function troubled(slack: Slack, person: Person): Submitted {
  notice(slack, person.id, TROUBLE);
  return {};
}
