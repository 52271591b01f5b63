import type { KubeObject } from "../../src/sandbox/cluster/store.ts";
import type { Checkout, Push } from "./checkout.ts";
import type { Thread } from "./reading.ts";

/** One project of the team's, seen from all sides: Slack, GitHub, the cluster and a browser. */
export interface Application {
  name: string;
  channel: string;
  at: { owner: string; repo: string };

  // Slack.
  threads(): Thread[];
  /** That of the launch; it throws where the card is gone. */
  launch(): Thread;
  /** That of a push, told by its commit's title; an empty one as long as there is none. */
  thread(push: Pick<Push, "title">): Thread;
  threadsOf(push: Pick<Push, "title">): Thread[];
  /** All that its threads say now. */
  text(): string;
  /** What `/project <verb> <name>` answers whoever types it. */
  ask(verb: string): Promise<string>;
  /** Until nothing on a push's card is under way, or so many seconds have gone. */
  settle(push: Pick<Push, "title">, seconds?: number): Promise<void>;
  /** Until its channel says nothing new for a while; not for ever, since a clock on a card never rests. */
  rest(seconds?: number): Promise<void>;

  // GitHub.
  clone(): Promise<Checkout>;
  /** The newest run of the workflow that builds the image, for this commit. */
  runOf(
    push: Pick<Push, "sha">,
  ): Promise<{ id: number; status: string | null; conclusion: string | null; attempt: number } | undefined>;
  untilRun(push: Push, status: "in_progress" | "completed", attempt?: number): Promise<void>;

  // The cluster.
  objects(apiVersion: string, kind: string): KubeObject[];
  object(apiVersion: string, kind: string, name?: string): KubeObject | undefined;
  /** The images of its pods' first containers that are not being ended; cert-manager's pods are not its own. */
  images(): string[];
  replicas(): unknown;
  /** The revision that Flux applied last, `main@sha1:…`. */
  applied(): string;

  /** The status with which its URL answers, or the error. */
  site(host?: string): Promise<number | string>;
}
