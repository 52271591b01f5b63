import type { Project } from "../../project/project.ts";
import { type Board, uidOf } from "./board.ts";
import { type Lane, pause, type Sender } from "./lane.ts";
import { type Refusal, refusalOf } from "./refusal-of.ts";
import type { Task } from "./tasks-of.ts";

/** So many lost calls in a row are an outage, and worth a word in status. */
const OUTAGE = 3;
/** So often a message is tried that Slack refuses without a reason we know. */
const TRIES = 5;
/** By then what was posted is seen, unless Slack is in deep trouble: copies that come even later are removed. */
const SETTLED_MS = 10_000;

/** What a call that failed, made in that term, means for its message, its channel and the workspace. */
export function refuse(task: Task, inTerm: Board["inTerm"], lane: Lane, sender: Sender, error: unknown): void {
  const { board, message } = task;
  const now = sender.clock.now();
  const refusal = refusalOf(error);
  if (task.kind === "remove" && (refusal.kind === "gone" || refusal.kind === "other")) board.surplus.delete(task.ts);
  const { kind, ...details } = refusal;
  sender.log[kind === "other" ? "error" : "warn"](
    {
      project: board.name,
      key: message.key,
      channel: lane.channel,
      task: task.kind,
      kind,
      ...details,
    },
    "Slack did not take a message",
  );

  switch (refusal.kind) {
    case "wait":
      gateOf(task, lane, sender).closeUntil(new Date(now.getTime() + refusal.seconds * 1000));
      return;
    case "problem":
      // Without the history nobody can tell what a crash left; silence would be worse than saying it twice.
      if (task.kind === "look" && refusal.code === "slack-scope-missing") seesNothing(task);
      else stall(lane, sender, now, refusal);
      return;
    case "lost":
    case "unsent":
      // It may have been posted all the same: look before it is said again.
      if (refusal.kind === "lost" && task.kind === "post") doubt(task, now, refusal.answered ? 0 : SETTLED_MS);
      pause(lane, now, 1_000, 60_000);
      if (lane.failures >= OUTAGE) report(lane, sender, { code: "slack-unreachable", detail: refusal.detail });
      return;
    case "overtaken":
      // The new leader says it; or we, where it was shown anew in a term of ours meanwhile.
      if (board.inTerm === inTerm) lane.boards.delete(board.uid);
      return;
    case "blocks":
      if (sender.dialect === "plan") sender.dialect = "sections";
      else if (board.plain.has(message.key)) board.abandoned.add(message.key);
      else board.plain.add(message.key);
      return;
    case "gone":
      if (task.kind !== "remove") board.abandoned.add(message.key);
      return;
    case "other":
      pause(lane, now, 1_000, 60_000);
      if (lane.failures >= TRIES && task.kind !== "remove") board.abandoned.add(message.key);
  }
}

function doubt({ board, message, root }: Extract<Task, { kind: "post" }>, now: Date, wait: number): void {
  board.doubts.set(message.key, { place: root ?? "", due: now, until: new Date(now.getTime() + wait) });
  board.repeated.add(message.key);
}

function seesNothing({ board, message, root }: Extract<Task, { kind: "look" }>): void {
  board.looked.add(root ?? "");
  for (const known of [board.doubts, board.repeated, board.checks]) known.delete(message.key);
}

/** Half a minute, then longer, up to five: it needs a person. */
function stall(lane: Lane, sender: Sender, now: Date, refusal: Extract<Refusal, { kind: "problem" }>): void {
  pause(lane, now, 30_000, 300_000);
  report(lane, sender, { code: refusal.code, detail: refusal.detail });
}

function report(lane: Lane, sender: Sender, problem: NonNullable<Lane["problem"]>): void {
  const news = lane.problem?.code !== problem.code;
  lane.problem = problem;
  for (const { project } of lane.boards.values()) if (news && project) reportTo(project, problem, sender);
}

export function reportTo(project: Project, problem: NonNullable<Lane["problem"]>, sender: Sender): void {
  sender.onDelivered({ project: project.metadata.name, uid: uidOf(project), problem });
  sender.tell(project, problem.code, problem.detail);
}

function gateOf(task: Task, lane: Lane, sender: Sender) {
  if (task.kind === "post") return lane.posts;
  return task.kind === "look" ? sender.looks : sender.updates;
}
