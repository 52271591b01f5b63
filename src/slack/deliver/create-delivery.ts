import type { Project } from "../../project/project.ts";
import { boardOf, uidOf } from "./board.ts";
import { choose } from "./choose.ts";
import { createGate } from "./create-gate.ts";
import { createLane, type Lane, type Sender } from "./lane.ts";
import { perform } from "./perform.ts";
import { refuse, reportTo } from "./refuse.ts";
import type { Task } from "./tasks-of.ts";

export interface Delivery {
  /** What a project's messages should be now; returns at once, the latest wins: of what was read at `readAt`, what was shown since. */
  show(project: Project, readAt?: Date): void;
  /** Of one that is over: nothing of it is left to be told since it was shown so. */
  told(project: Project): boolean;
  /** Something changed in a channel (the bot was invited, the channel unarchived): try again now. */
  wake(channel: string): void;
  /** Since when nothing new is known of any project, as the cluster does not answer; what is under way says so on its card. */
  awaitCluster(since: Date | undefined): void;
  /** Another replica leads from here on: nothing of what is still to be said is ours to say. */
  standDown(): void;
  stop(): Promise<void>;
}

/**
 * The only sender of what is told about projects. One lane a channel; in it one call at a time, made from what should
 * be at that very moment, so that a stale edit never follows a newer one and states in between are skipped.
 */
export function createDelivery(
  options: Omit<Sender, "updates" | "looks" | "dialect" | "ended" | "clusterAwaited">,
): Delivery {
  const sender: Sender = {
    ...options,
    tell: (...news) => {
      if (options.leads()) options.tell(...news);
    },
    // Tier 3, 50 a minute in the whole workspace: https://docs.slack.dev/apis/web-api/rate-limits
    updates: createGate({ burst: 10, perMinute: 45 }),
    looks: createGate({ burst: 10, perMinute: 40 }),
    dialect: "plan",
    ended: new Set(),
    clusterAwaited: undefined,
  };
  const lanes = new Map<string, Lane>();
  let stopped = false;

  async function work(lane: Lane): Promise<void> {
    while (!stopped) {
      if (!sender.leads()) standDown(lane);
      lane.rest = new AbortController();
      const next = choose(lane, sender);
      if (next === undefined) return;
      if (next instanceof Date)
        await sender.clock.sleep(next.getTime() - sender.clock.now().getTime(), lane.rest.signal);
      else await attempt(next, lane);
    }
  }

  function standDown(lane: Lane): void {
    lane.boards.clear();
    lane.rest.abort();
  }

  async function attempt(task: Task, lane: Lane): Promise<void> {
    const { inTerm } = task.board;
    try {
      await inTerm(() => perform(task, lane, sender));
      lane.failures = 0;
      lane.pausedUntil = undefined;
      if (task.kind !== "look") recover(lane);
    } catch (error) {
      refuse(task, inTerm, lane, sender, error);
    }
  }

  /** Slack takes messages again. What is recorded of a trouble may be from before a restart. */
  function recover(lane: Lane): void {
    const wasRefused = lane.problem !== undefined;
    lane.problem = undefined;
    for (const { name, uid, troubled } of lane.boards.values())
      if (wasRefused || troubled) sender.onDelivered({ project: name, uid, problem: undefined });
  }

  function run(lane: Lane): void {
    lane.rest.abort();
    if (lane.running || stopped) return;
    lane.running = work(lane)
      .catch((error: unknown) => sender.log.error({ err: error, channel: lane.channel }, "a channel's sender stopped"))
      .finally(() => {
        lane.running = undefined;
        // Shown between the last look and now.
        if ([...lane.boards.values()].some(({ project }) => project !== undefined)) run(lane);
      });
  }

  return {
    show: (project, readAt) => {
      const { channel } = project.spec.slack;
      const lane = lanes.get(channel) ?? createLane(channel);
      lanes.set(channel, lane);
      const shownAt = lane.boards.get(uidOf(project))?.shownAt;
      if (readAt && shownAt && shownAt >= readAt) return;
      const isNew = !lane.boards.has(uidOf(project));
      const board = boardOf(lane.boards.get(uidOf(project)), project, sender.clock.now());
      lane.boards.set(board.uid, board);
      if (isNew && lane.problem) reportTo(project, lane.problem, sender);
      run(lane);
    },
    told: (project) => sender.ended.has(uidOf(project)),
    wake: (channel) => {
      const lane = lanes.get(channel);
      if (!lane) return;
      lane.pausedUntil = undefined;
      lane.failures = 0;
      run(lane);
    },
    awaitCluster: (since) => {
      if ((sender.clusterAwaited === undefined) === (since === undefined)) return;
      sender.clusterAwaited = since;
      for (const lane of lanes.values()) run(lane);
    },
    standDown: () => {
      sender.ended.clear();
      for (const lane of lanes.values()) standDown(lane);
    },
    stop: async () => {
      stopped = true;
      for (const lane of lanes.values()) lane.rest.abort();
      await Promise.all([...lanes.values()].map((lane) => lane.running));
    },
  };
}
