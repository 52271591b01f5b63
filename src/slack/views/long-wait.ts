import { FOLLOWS } from "../../project/follows.ts";
import type { StageStatus } from "../../project/project.ts";
import type { Words } from "../../words/words.ts";
import { secondsBetween } from "./time.ts";

/**
 * Seconds that a stage usually takes on a cluster that is well; what GitHub takes to build is the project's own
 * (status.expected). Measured: docs/benchmarks.md.
 */
const USUAL: Record<Exclude<StageStatus["stage"], "build">, number> = {
  repository: 10,
  cluster: 10,
  rollout: 30,
  ingress: 5,
  certificate: 20,
  reachable: 10,
};
const LONG = 2;
/** Somebody does not answer who would know. */
const UNANSWERED: readonly string[] = ["Underway", "Unreadable"];

/**
 * How long a stage has waited already, once that is twice what it usually takes; for somebody who does not answer, from the
 * first that it is seen. Otherwise empty.
 */
export function longWait(
  { stage, state, reason, params, startedAt }: StageStatus,
  usualBuild: number | undefined,
  words: Words,
  now: Date | undefined,
): string {
  const usual = stage === "build" ? usualBuild : USUAL[stage];
  if (now && state === "waiting" && UNANSWERED.includes(reason) && typeof params.since === "number")
    return words.slack.waitingFor(words.slack.duration(secondsBetween(new Date(params.since), now)));
  if (!now || state !== "waiting" || FOLLOWS.includes(reason) || startedAt === undefined || usual === undefined)
    return "";
  const waited = secondsBetween(startedAt, now);
  if (waited < LONG * usual) return "";
  return words.slack.waitedFor(words.slack.duration(waited), words.slack.duration(usual));
}
