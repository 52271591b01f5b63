import type { ProjectStatus, StageStatus } from "../../project/project.ts";
import { secondsBetween } from "./time.ts";

export interface Pace {
  startedAt: string | undefined;
  stages: StageStatus[];
  expected: ProjectStatus["expected"];
}

/** What follows once a version runs and once it has its certificate (about 11 s), with some room. */
const AFTER = { rollout: 20, certificate: 5 };

/**
 * The least of what is left of the whole and of what usually follows each stage that is done: a build that was quicker than
 * usual leaves no more to wait for. It only ever falls; not above zero where it takes longer than usual from here on.
 */
export function secondsLeft({ startedAt, stages, expected }: Pace, now: Date): number | undefined {
  if (startedAt === undefined || !expected || expected.total <= 0) return undefined;
  const after: Record<string, number> = { ...AFTER, build: expected.total - expected.build };
  const rests = stages.flatMap(({ stage, finishedAt }) => {
    const rest = after[stage];
    return rest === undefined || finishedAt === undefined ? [] : [rest - secondsBetween(finishedAt, now)];
  });
  return Math.min(expected.total - secondsBetween(startedAt, now), ...rests);
}
