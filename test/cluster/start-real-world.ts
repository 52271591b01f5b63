import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { cloneUrlOf } from "../../src/sandbox/clone-url-of.ts";
import { messageLines } from "../../src/sandbox/message-lines.ts";
import { readFlags } from "../../src/sandbox/read-flags.ts";
import type { ClientMessage } from "../../src/sandbox/slack/client-api.ts";
import { startSandbox } from "../../src/sandbox/start-sandbox.ts";
import type { Testbed } from "./testbed.ts";
import { until } from "./until.ts";

const run = promisify(execFile);
const PORT = 7400;

interface View {
  id: string;
  blocks: { block_id: string; type: string; element?: { action_id: string; type: string } }[];
}

/**
 * The sandbox's Slack and GitHub with the real cluster between them, and #launches as a person reads it. With `--only` the
 * cluster is left to who installs the bot there.
 */
export async function startRealWorld(at: Testbed, ...flags: string[]) {
  await at.testbed("mend", String(PORT + 1));
  await at.testbed("ghcr", `http://${at.node}:${PORT + 2}`);
  const cluster = flags.includes("--only") ? [] : ["--kubeconfig", at.kubeconfig];
  // Tokens of its own: the bot of a run that was killed goes on looking for its Slack at this port.
  const seed = ["--seed", String(Date.now())];
  const sandbox = await startSandbox(
    readFlags(["--port", String(PORT), "--address", at.node, "--speed", "20", ...seed, ...cluster, ...flags]),
  );
  const { workspace } = sandbox.slack;
  const views: View[] = [];
  const whispers: string[] = [];
  workspace.events(workspace.you, (event) => {
    // The sandbox's Slack shows views as Slack would; these are what a form has.
    if (event.type === "view_opened") views.push(event.view as View);
    if ("message" in event && event.message.ephemeral) whispers.push(messageLines(event.message).join("\n"));
  });
  const roots = () => workspace.messages("launches").filter(isRoot);
  const rootOf = (name: string) => roots().findLast((each) => messageLines(each).some((line) => line.includes(name)));
  const linesOf = (root: ClientMessage) => workspace.thread("launches", root.ts).map(messageLines);

  /** Types a command, and `value` into the first field of the form that it opens. */
  const fill = async (text: string, value: string) => {
    views.length = 0;
    await workspace.say({ person: workspace.you, channel: "launches", text });
    await until(10, "the form", () => views.length > 0);
    const [view] = views;
    const input = view?.blocks.find(({ type, element }) => type === "input" && element);
    if (!view || !input?.element) throw new Error("the form has no input");
    const { action_id, type } = input.element;
    const values = { [input.block_id]: { [action_id]: { type, value } } };
    return workspace.submit({ person: workspace.you, view_id: view.id, values });
  };

  return {
    sandbox,
    /** Where pods reach the repositories; `testbed cut` takes it from them. */
    gitPort: PORT + 1,
    say: (text: string) => workspace.say({ person: workspace.you, channel: "launches", text }),
    /** Messages of the newest launch or deploy whose root speaks of `name`, the root first, each as lines. */
    thread: (name: string) => {
      const root = rootOf(name);
      return root ? linesOf(root) : [];
    },
    /** All messages of the threads whose root speaks of `name`, oldest thread first. */
    messagesOf: (name: string) =>
      roots()
        .filter((root) => messageLines(root).some((line) => line.includes(name)))
        .flatMap((root) => workspace.thread("launches", root.ts))
        .map((message) => ({ ts: message.ts, isRoot: isRoot(message), lines: messageLines(message) })),
    /** All that the channel and its threads say. */
    text: () => roots().flatMap(linesOf).flat().join("\n"),
    /** What was said to the person alone. */
    whispers,
    fill,
    /** Presses a button of a launch's card. */
    async press(name: string, action: string) {
      const root = rootOf(name);
      if (!root) throw new Error(`there is no card of ${name}`);
      const place = { channel: root.channel, message_ts: root.ts, block_id: "", action_id: action };
      await workspace.click({ person: workspace.you, ...place });
    },
    /** Speaks to the bot in a launch's thread, where Slack takes no commands. */
    mention: (name: string, text: string) =>
      workspace.say({
        ...{ person: workspace.you, channel: "launches", thread_ts: rootOf(name)?.ts },
        text: `@slipway ${text}`,
      }),
    /** Types a delete, and the name once more into the form that asks for it. */
    async remove(name: string) {
      await fill(`/project delete ${name}`, name);
      await until(120, `the end of ${name}`, async () => {
        const left = await at.kubectl("get", "namespace", name, "--ignore-not-found", "-o", "name");
        const project = ["-n", "slipway-system", "get", "project", name, "--ignore-not-found", "-o", "name"];
        return left === "" && (await at.kubectl(...project)) === "";
      });
    },
    /** Commits what `change` makes of a clone of the repository, and pushes it; gives the commit. */
    async push(name: string, work: string, message: string, change: (clone: string) => Promise<void>) {
      const clone = join(work, `${name}-${Date.now()}`);
      await run("git", ["clone", "--quiet", cloneUrlOf(sandbox.github, `acme/${name}`), clone]);
      await change(clone);
      const git = (...args: string[]) =>
        run("git", ["-C", clone, "-c", "user.name=Lin", "-c", "user.email=lin@example.com", ...args]);
      await git("add", "--all");
      await git("commit", "--quiet", "-m", message);
      await git("push", "--quiet", "origin", "HEAD:main");
      return (await git("rev-parse", "HEAD")).stdout.trim();
    },
  };
}

export type RealWorld = Awaited<ReturnType<typeof startRealWorld>>;

/** Replies that were also sent to the channel are no roots. */
function isRoot(message: ClientMessage): boolean {
  return message.thread_ts === undefined || message.thread_ts === message.ts;
}
