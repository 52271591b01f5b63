import { messageLines } from "./message-lines.ts";
import type { Sandbox } from "./sandbox.ts";
import type { ClientMessage } from "./slack/client-api.ts";

const CHANNEL = "launches";
/** Of real time; a launch that has not ended by then never will. */
const PATIENCE_MS = 15 * 60_000;

type Print = (message: ClientMessage) => void;

/** Types each command as the sandbox's person and prints what comes of it until the launch has ended. True: all are live. */
export async function runScript(commands: string[], sandbox: Sandbox, print: Print): Promise<boolean> {
  const { workspace } = sandbox.slack;
  let live = true;
  for (const command of commands) {
    const ended = endOf(command, sandbox, print);
    await workspace.say({ person: workspace.you, channel: CHANNEL, text: command });
    live = (await ended) && live;
  }
  return live;
}

/** Resolves when the root message of the launch says how it ended; at once where the command is no launch. */
function endOf(command: string, sandbox: Sandbox, print: Print): Promise<boolean> {
  const { workspace } = sandbox.slack;
  return new Promise((resolve) => {
    const timer = setTimeout(() => finish(false), PATIENCE_MS);
    const stop = workspace.events(workspace.you, (event) => {
      if (event.type === "notice" || event.type === "view_opened") {
        const text = event.type === "notice" ? event.text : "A form has opened: that needs the page in a browser.";
        print({ ts: `said by Slack: ${text}`, channel: CHANNEL, user: "", text, ephemeral: true });
        return finish(false);
      }
      if (event.type !== "message" && event.type !== "message_changed") return;
      print(event.message);
      const how = verdict(command, event.message);
      if (how !== undefined) finish(how);
    });
    function finish(how: boolean) {
      clearTimeout(timer);
      stop();
      resolve(how);
    }
  });
}

function verdict(command: string, message: ClientMessage): boolean | undefined {
  const [, verb, name = ""] = command.split(/\s+/);
  if (verb !== "create") return message.ephemeral || message.subtype === "bot_message" ? true : undefined;
  const lines = messageLines(message);
  // The one answer that is no refusal says that it has begun.
  if (message.ephemeral) return lines.some((line) => line.startsWith(`Launching ${name}`)) ? undefined : false;
  if (
    message.thread_ts !== undefined &&
    message.thread_ts !== message.ts &&
    lines.some((line) => line.includes(`${name} is live at`))
  )
    return true;
  if (message.thread_ts === undefined || message.thread_ts === message.ts)
    return lines.some((line) => /· (failed|cancelled|removed)/.test(line)) ? false : undefined;
  return undefined;
}
