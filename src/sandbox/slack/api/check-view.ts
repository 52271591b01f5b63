import type { Fields, Slack } from "../model.ts";
import { Refusal } from "../refusal.ts";
import { validateView } from "../validate-view.ts";

/** "view_too_large: the provided view is greater than 250kb" */
const MOST_BYTES = 250_000;

/** Refuses a view that Slack would refuse. `own`: the view that is being replaced, whose external_id is its own. */
export function checkView(slack: Slack, view: Fields, type: "modal" | "home", own?: string): void {
  if (JSON.stringify(view).length > MOST_BYTES) throw new Refusal("view_too_large");
  const errors = validateView(view, type, { planBlocks: slack.planBlocks });
  if (errors.length > 0) {
    throw new Refusal("invalid_arguments", {
      response_metadata: { messages: errors.map((error) => `[ERROR] ${error}`) },
    });
  }
  const taken = [...slack.views.values()].some(
    (other) =>
      other.id !== own &&
      view.external_id !== undefined &&
      view.external_id !== "" &&
      other.given.external_id === view.external_id,
  );
  if (taken) throw new Refusal("duplicate_external_id");
}
