import type { Project } from "../../project/project.ts";
import type { DesiredMessage } from "../thread.ts";
import type { Lane, Sender } from "./lane.ts";
import { type Task, tasksOf } from "./tasks-of.ts";

/** Events before elapsed time; the root message is right before its thread goes on. */
const RANK: Record<Task["kind"], number> = { look: 0, update: 1, post: 2, remove: 3, refresh: 4 };

/** A stopwatch runs only while the controller speaks of its project: the Project may be gone, or another replica's. */
const FORGOTTEN = 60_000;

/** The task whose turn it is; or when there will be one; or `undefined` when all is told. */
export function choose(lane: Lane, sender: Sender): Task | Date | undefined {
  const now = sender.clock.now();
  const open = [...lane.boards.values()].flatMap((board) => (board.project ? [{ board, project: board.project }] : []));
  if (lane.pausedUntil && lane.pausedUntil > now && open.length > 0) return lane.pausedUntil;
  const tasks = open.flatMap(({ board, project }) => {
    const stale = now.getTime() - board.shownAt.getTime() > FORGOTTEN;
    const found = tasksOf(board, rendered(project, sender, now)).filter(({ kind }) => !(stale && kind === "refresh"));
    // Of thousands of projects that have nothing to say none is kept.
    if (found.length === 0) board.project = undefined;
    if (found.length === 0 && project.status.phase === "Removed") lane.boards.delete(board.uid);
    return found;
  });
  if (tasks.length === 0) return undefined;
  const timed = tasks.map((task) => ({ task, at: turnOf(task, lane, sender, now) }));
  const [ready] = timed.filter(({ at }) => at <= now).sort((a, b) => RANK[a.task.kind] - RANK[b.task.kind]);
  return ready ? ready.task : new Date(Math.min(...timed.map(({ at }) => at.getTime())));
}

function turnOf(task: Task, lane: Lane, sender: Sender, now: Date): Date {
  switch (task.kind) {
    case "look":
      return task.due && task.due > now ? task.due : sender.looks.opensAt(now);
    case "post":
      return lane.posts.opensAt(now);
    case "update":
    case "remove":
      return sender.updates.opensAt(now);
    case "refresh":
      // A stopwatch may be late; an event may not wait because of one.
      if (task.due > now) return task.due;
      return sender.updates.room(now) > 0.3 ? sender.updates.opensAt(now) : new Date(now.getTime() + 2_000);
  }
}

/** A project that cannot be put in words is one project's trouble, not its channel's. */
function rendered(project: Project, sender: Sender, now: Date): DesiredMessage[] {
  try {
    return sender.render(project, now);
  } catch (error) {
    sender.log.error({ err: error, project: project.metadata.name }, "a project could not be rendered");
    return [];
  }
}
