import type { ClientView } from "./client-api.ts";
import { describeView } from "./describe-view.ts";
import type { Slack, View } from "./model.ts";

/** A view as a person's client shows it. */
export function presentView(slack: Slack, view: View): ClientView {
  const { title, submit, close, ...rest } = describeView(slack, view);
  // What views.open accepted has the shape of ClientView: validateView saw to it. null is Slack's way of absence.
  return structuredClone({
    ...rest,
    ...(title == null ? {} : { title }),
    ...(submit == null ? {} : { submit }),
    ...(close == null ? {} : { close }),
  }) as unknown as ClientView;
}
