import { z } from "zod";
import { changeView } from "../change-view.ts";
import { describeView } from "../describe-view.ts";
import type { Slack, Trigger, View } from "../model.ts";
import { openView } from "../open-view.ts";
import { publishHome } from "../publish-home.ts";
import { Refusal } from "../refusal.ts";
import { argument } from "./argument.ts";
import { checkView } from "./check-view.ts";
import { defineMethod, type Method } from "./define-method.ts";

/** "a modal can hold up to 3 views at a time". https://docs.slack.dev/surfaces/modals */
const MOST_STACKED = 3;

const opening = z.object({ trigger_id: argument.text, view: argument.fields });

/** views.*: https://docs.slack.dev/reference/methods?filter=views */
export const views: Record<string, Method> = {
  "views.open": defineMethod({
    arguments: opening,
    run(slack, given) {
      const trigger = exchange(slack, given.trigger_id);
      checkView(slack, given.view, "modal");
      return { view: describeView(slack, openView(slack, trigger.person, given.view, "open")) };
    },
  }),

  "views.push": defineMethod({
    arguments: opening,
    run(slack, given) {
      const trigger = exchange(slack, given.trigger_id);
      if (trigger.viewId === undefined) throw new Refusal("invalid_trigger_id");
      if ((slack.stacks.get(trigger.person) ?? []).length >= MOST_STACKED) throw new Refusal("push_limit_reached");
      checkView(slack, given.view, "modal");
      return { view: describeView(slack, openView(slack, trigger.person, given.view, "push")) };
    },
  }),

  "views.update": defineMethod({
    arguments: z.object({
      view: argument.fields,
      view_id: argument.text.optional(),
      external_id: argument.text.optional(),
      hash: argument.text.optional(),
    }),
    run(slack, given) {
      if (given.view_id !== undefined && given.external_id !== undefined) {
        throw new Refusal("invalid_arguments", {
          response_metadata: { messages: ["[ERROR] Cannot provide both `view_id` and `external_id`"] },
        });
      }
      const view = findView(slack, given);
      if (view === undefined) throw new Refusal("not_found");
      if (given.hash !== undefined && given.hash !== view.hash) throw new Refusal("hash_conflict");
      checkView(slack, given.view, view.type, view.id);
      return { view: describeView(slack, changeView(slack, view, given.view)) };
    },
  }),

  "views.publish": defineMethod({
    arguments: z.object({ user_id: argument.text, view: argument.fields, hash: argument.text.optional() }),
    run(slack, given) {
      if (!slack.people.has(given.user_id)) throw new Refusal("user_not_found");
      const current = slack.views.get(slack.homes.get(given.user_id) ?? "");
      if (given.hash !== undefined && current !== undefined && current.hash !== given.hash)
        throw new Refusal("hash_conflict");
      checkView(slack, given.view, "home", current?.id);
      return { view: describeView(slack, publishHome(slack, given.user_id, given.view)) };
    },
  }),
};

function exchange(slack: Slack, id: string): Trigger {
  const trigger = slack.triggers.get(id);
  if (trigger === undefined) throw new Refusal("invalid_trigger_id");
  if (slack.world.clock.now().getTime() > trigger.expires) throw new Refusal("expired_trigger_id");
  if (trigger.used) throw new Refusal("exchanged_trigger_id");
  trigger.used = true;
  return trigger;
}

function findView(
  slack: Slack,
  given: { view_id?: string | undefined; external_id?: string | undefined },
): View | undefined {
  if (given.view_id !== undefined) return slack.views.get(given.view_id);
  if (given.external_id === undefined) return undefined;
  return [...slack.views.values()].find((view) => view.given.external_id === given.external_id);
}
