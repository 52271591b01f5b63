import { messageLines } from "../../src/sandbox/message-lines.ts";
import { readFlags } from "../../src/sandbox/read-flags.ts";
import type { ClientMessage } from "../../src/sandbox/slack/client-api.ts";
import { startSandbox } from "../../src/sandbox/start-sandbox.ts";

/** A whole sandbox in this process, and its #launches as a person reads it. */
export async function startWorld(...flags: string[]) {
  const sandbox = await startSandbox(readFlags(["--port", "0", "--speed", "60", ...flags]));
  const { workspace } = sandbox.slack;
  const roots = () => workspace.messages("launches").filter(isRoot);
  const linesOf = (root: ClientMessage) => workspace.thread("launches", root.ts).map(messageLines);
  return {
    sandbox,
    say: (text: string) => workspace.say({ person: workspace.you, channel: "launches", text }),
    roots,
    /** Of the newest launch or deploy: its messages, the root first, each as lines. */
    thread: () => {
      const root = roots().at(-1);
      return root ? linesOf(root) : [];
    },
    text: () => roots().flatMap(linesOf).flat().join("\n"),
  };
}

/** Replies that were also sent to the channel are no roots. */
function isRoot(message: ClientMessage): boolean {
  return message.thread_ts === undefined || message.thread_ts === message.ts;
}
