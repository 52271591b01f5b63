import { z } from "zod";
import { describeMessage } from "../describe-message.ts";
import { describeView } from "../describe-view.ts";
import type { Person, Slack } from "../model.ts";
import { interaction } from "./interaction.ts";
import { locate, type Place } from "./locate.ts";

/** "min_query_length … defaults to 3" */
const LEAST_TYPED = 3;

const optionsSchema = z.array(z.record(z.string(), z.unknown())).max(100);
const answerSchema = z.union([
  z.object({ options: optionsSchema }),
  z.object({ option_groups: z.array(z.object({ options: optionsSchema }).loose()).max(100) }),
]);

/** A person types into an external select: block_suggestion. Gives the app's options; none where it failed to. */
export async function suggest(
  slack: Slack,
  person: Person,
  given: Place & { value: string },
): Promise<{ options: unknown[] }> {
  const located = locate(slack, person, given);
  const { element } = located.input;
  const least = typeof element.min_query_length === "number" ? element.min_query_length : LEAST_TYPED;
  if (given.value.length < least) return { options: [] };
  const where =
    located.where === "view"
      ? { container: { type: "view", view_id: located.view.id }, view: describeView(slack, located.view) }
      : {
          container: { type: "message", message_ts: located.message.ts, channel_id: located.channel.id },
          channel: { id: located.channel.id, name: located.channel.name },
          message: describeMessage(slack, located.message, { metadata: false }),
        };
  const outcome = await slack.deliver({
    type: "interactive",
    acceptsResponse: true,
    payload: {
      type: "block_suggestion",
      ...interaction(slack, person),
      ...where,
      block_id: given.block_id,
      action_id: given.action_id,
      value: given.value,
    },
  });
  const parsed = answerSchema.safeParse(outcome.state === "acked" ? outcome.payload : undefined);
  if (!parsed.success) return { options: [] };
  return {
    options:
      "options" in parsed.data ? parsed.data.options : parsed.data.option_groups.flatMap((group) => group.options),
  };
}
