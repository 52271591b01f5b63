import { isFields } from "../is-fields.ts";
import type { Channel, Person, Slack } from "../model.ts";
import { newResponseUrl } from "../new-response-url.ts";
import { newTrigger } from "../new-trigger.ts";
import { Refusal } from "../refusal.ts";
import { respond } from "../respond.ts";
import { notice } from "./notice.ts";

/** A line that begins with "/", as a person typed it. Resolves when the app has answered or failed to. */
export async function runCommand(
  slack: Slack,
  person: Person,
  channel: Channel,
  line: string,
  threadTs?: string,
): Promise<void> {
  const [command = "", ...words] = line.split(/(?<=^\S+)\s+/);
  if (!slack.commands.some((known) => known.command === command)) {
    notice(
      slack,
      person.id,
      `${command} is not a valid command. In Slack, all messages that start with the "/" character are interpreted as commands. If you are trying to send a message and not run a command, try preceding the "/" with an empty space.`,
      channel.id,
    );
    return;
  }
  // https://github.com/slackapi/bolt-python/issues/873
  if (threadTs !== undefined) {
    notice(slack, person.id, `${command} is not supported in threads. Sorry!`, channel.id);
    return;
  }
  const target = { person: person.id, channel: channel.id };
  const outcome = await slack.deliver({
    type: "slash_commands",
    acceptsResponse: true,
    payload: {
      token: slack.app.verificationToken,
      team_id: slack.team.id,
      team_domain: slack.team.domain,
      channel_id: channel.id,
      channel_name: channel.name,
      user_id: person.id,
      user_name: person.name,
      command,
      text: words.join(" "),
      api_app_id: slack.app.id,
      is_enterprise_install: "false",
      response_url: newResponseUrl(slack, "commands", target),
      trigger_id: newTrigger(slack, person.id),
    },
  });
  if (outcome.state === "failed") {
    notice(slack, person.id, `${command} failed with the error "${outcome.error}"`, channel.id);
    return;
  }
  const body = typeof outcome.payload === "string" ? { text: outcome.payload } : outcome.payload;
  if (!isFields(body) || Object.keys(body).length === 0 || body.text === "") return;
  try {
    respond(slack, target, body);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    notice(slack, person.id, `${command} failed with the error "${error.code}"`, channel.id);
  }
}
