import type { WebClient } from "@slack/web-api";
import type { Delivered, SlackProblemCode } from "../../project/ports/slack.ts";
import type { Project } from "../../project/project.ts";
import type { Clock } from "../clock.ts";
import type { Log } from "../log.ts";
import type { DesiredMessage } from "../thread.ts";
import type { Board } from "./board.ts";
import { createGate, type Gate } from "./create-gate.ts";
import type { Dialect } from "./send.ts";

/** What all lanes of the sender share. */
export interface Sender {
  client: WebClient;
  clock: Clock;
  log: Log;
  /** Does this replica lead? One that was stopped may have been overtaken, and not know it yet. */
  leads: () => boolean;
  render: (project: Project, now: Date, clusterAwaited: Date | undefined) => DesiredMessage[];
  onDelivered: (delivered: Delivered) => void;
  /** Slack refuses in a way that a person can mend. */
  tell: (project: Project, code: SlackProblemCode, detail: string) => void;
  updates: Gate;
  looks: Gate;
  /** What this workspace takes; decided once, by its first refusal of a plan. */
  dialect: Exclude<Dialect, "text">;
  /** Uids of projects that are over, and of which nothing is left to be told. */
  ended: Set<string>;
  /** Since when the cluster does not answer. */
  clusterAwaited: Date | undefined;
}

/** One channel's messages: one call at a time. */
export interface Lane {
  channel: string;
  /** By the project's uid. */
  boards: Map<string, Board>;
  posts: Gate;
  /** Set by a refusal. */
  pausedUntil: Date | undefined;
  failures: number;
  problem: { code: SlackProblemCode; detail: string } | undefined;
  running: Promise<void> | undefined;
  /** Ends the lane's sleep. */
  rest: AbortController;
}

export function createLane(channel: string): Lane {
  return {
    channel,
    boards: new Map(),
    // "generally one message per second per channel, short bursts allowed": https://docs.slack.dev/apis/web-api/rate-limits
    posts: createGate({ burst: 3, perMinute: 60 }),
    pausedUntil: undefined,
    failures: 0,
    problem: undefined,
    running: undefined,
    rest: new AbortController(),
  };
}

/** Left alone for a while, longer each time. */
export function pause(lane: Lane, now: Date, first: number, last: number): void {
  const wait = Math.min(last, first * 2 ** lane.failures);
  lane.failures += 1;
  lane.pausedUntil = new Date(now.getTime() + wait);
}
