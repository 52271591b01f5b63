import { FOLLOWS } from "../project/follows.ts";
import type { StageStatus } from "../project/project.ts";

/** What a row says while somebody does not answer who would know. */
const UNANSWERED: readonly string[] = ["Underway", "Unreadable"];

/**
 * When a row began and ended, as it was first seen. Tried again it begins again: the time that somebody took to press Retry
 * is not the build's, nor is the build's time the rollout's that waited for it.
 */
export function withTimes(
  now: Omit<StageStatus, "startedAt" | "finishedAt">,
  was: StageStatus | undefined,
  at: Date,
): StageStatus {
  const isAnew =
    (was?.state === "failed" && now.state !== "failed") ||
    (was?.state === "waiting" && FOLLOWS.includes(was.reason) && now.reason !== was.reason);
  const begun = now.state === "pending" ? undefined : ((isAnew ? undefined : was?.startedAt) ?? at.toISOString());
  const ended = now.state === "done" || now.state === "skipped" ? (was?.finishedAt ?? at.toISOString()) : undefined;
  const params = UNANSWERED.includes(now.reason)
    ? { ...now.params, since: unansweredSince(was) ?? at.getTime() }
    : now.params;
  return { ...now, params, ...(begun ? { startedAt: begun } : {}), ...(ended ? { finishedAt: ended } : {}) };
}

function unansweredSince(was: StageStatus | undefined): number | undefined {
  return was && UNANSWERED.includes(was.reason) && typeof was.params.since === "number" ? was.params.since : undefined;
}
