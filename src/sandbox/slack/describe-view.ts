import type { Fields, Slack, View } from "./model.ts";

/** A view as Slack returns it and sends it in interactions. https://docs.slack.dev/reference/views */
export function describeView(slack: Slack, view: View): Fields {
  const { given } = view;
  return {
    id: view.id,
    team_id: slack.team.id,
    type: view.type,
    blocks: view.blocks,
    private_metadata: given.private_metadata ?? "",
    callback_id: given.callback_id ?? "",
    state: { values: view.state },
    hash: view.hash,
    ...(view.type === "modal" ? { title: given.title } : {}),
    clear_on_close: given.clear_on_close ?? false,
    notify_on_close: given.notify_on_close ?? false,
    close: given.close ?? null,
    submit: given.submit ?? null,
    previous_view_id: view.previousViewId ?? null,
    root_view_id: view.rootViewId,
    app_id: slack.app.id,
    external_id: given.external_id ?? "",
    app_installed_team_id: slack.team.id,
    bot_id: slack.app.botId,
  };
}
