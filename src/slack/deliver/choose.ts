import { isLetGo } from "../../project/is-let-go.ts";
import type { Project } from "../../project/project.ts";
import type { DesiredMessage } from "../thread.ts";
import type { Board } from "./board.ts";
import type { Lane, Sender } from "./lane.ts";
import { type Task, tasksOf } from "./tasks-of.ts";

/** Events before elapsed time; the root message is right before its thread goes on. */
const RANK: Record<Task["kind"], number> = { look: 0, update: 1, post: 2, remove: 3, refresh: 4 };

/** A stopwatch runs only while the controller speaks of its project: the Project may be gone, or another replica's. */
const FORGOTTEN = 60_000;

/** How old the words may be of what is sent, and of what only waits for its turn: those differ by elapsed time at most. */
const CHOSEN_MS = 100;
const OTHERS_MS = 2_000;

/** The task whose turn it is; or when there will be one; or `undefined` when all is told. */
export function choose(lane: Lane, sender: Sender, now: Date = sender.clock.now()): Task | Date | undefined {
  const open = [...lane.boards.values()].flatMap((board) => (board.project ? [{ board, project: board.project }] : []));
  if (lane.pausedUntil && lane.pausedUntil > now && open.length > 0) return lane.pausedUntil;
  const tasks = open.flatMap(({ board, project }) => {
    const isOver = project.status.phase === "Removed" || isLetGo(project);
    // Of what is over no stopwatch runs, whatever was under way when it ended.
    const still = isOver || now.getTime() - board.shownAt.getTime() > FORGOTTEN;
    const found = tasksOf(board, drawn(board, project, sender, now)).filter(
      ({ kind }) => !(still && kind === "refresh"),
    );
    // Of thousands of projects that have nothing to say none is kept.
    if (found.length === 0) {
      board.project = undefined;
      board.drawn = undefined;
      board.toldSince ??= now;
    }
    if (found.length === 0 && isOver) {
      lane.boards.delete(board.uid);
      sender.ended.add(board.uid);
    }
    return found;
  });
  if (tasks.length === 0) return undefined;
  const timed = tasks.map((task) => ({ task, at: turnOf(task, lane, sender, now) }));
  const [ready] = timed.filter(({ at }) => at <= now).sort((a, b) => RANK[a.task.kind] - RANK[b.task.kind]);
  if (ready && isOld(ready.task.board, now, CHOSEN_MS)) {
    ready.task.board.drawn = undefined;
    return choose(lane, sender, now);
  }
  return ready ? ready.task : new Date(Math.min(...timed.map(({ at }) => at.getTime())));
}

/** Putting a hundred projects in words for each message of one of them would take longer than Slack does. */
function drawn(board: Board, project: Project, sender: Sender, now: Date): DesiredMessage[] {
  const { clusterAwaited } = sender;
  const was = board.drawn;
  if (was?.project === project && was.clusterAwaited === clusterAwaited && !isOld(board, now, OTHERS_MS))
    return was.desired;
  const desired = rendered(project, sender, now);
  board.drawn = { project, clusterAwaited, at: now, desired };
  return desired;
}

function isOld({ drawn }: Board, now: Date, milliseconds: number): boolean {
  return drawn === undefined || Math.abs(now.getTime() - drawn.at.getTime()) > milliseconds;
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
    return sender.render(project, now, sender.clusterAwaited);
  } catch (error) {
    sender.log.error({ err: error, project: project.metadata.name }, "a project could not be rendered");
    return [];
  }
}
