import type { SlackState } from "../project/ports/doctor.ts";
import { createClient } from "./create-client.ts";
import type { Log } from "./log.ts";
import { lookAtSlack } from "./look-at-slack.ts";

/** The same without being the bot: a connection of Socket Mode would take from it what people say, so none is made. */
export function askSlack(options: {
  botToken: string;
  appToken: string | undefined;
  apiUrl: string | undefined;
  log: Log;
}): Promise<SlackState> {
  const { appToken, botToken } = options;
  const client = createClient(botToken, options);
  if (appToken === undefined) return lookAtSlack(client, "http", async () => undefined);
  return lookAtSlack(client, "socket", async () => {
    try {
      // Gives an address to connect to, and connects nothing: https://docs.slack.dev/reference/methods/apps.connections.open
      await createClient(appToken, options).apps.connections.open({});
      return undefined;
    } catch (error) {
      return error instanceof Error ? error.message : String(error);
    }
  });
}
