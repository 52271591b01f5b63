import type { ProjectStatus, StageStatus } from "../../project/project.ts";
import { secondsBetween } from "./time.ts";

export interface Share {
  stage: StageStatus["stage"];
  seconds: number;
}

interface Span {
  stage: StageStatus["stage"];
  from: string;
  to: string;
}

/**
 * What a launch's time went to; together never more than the whole. The build's is what its own message says. Of what
 * overlaps, each stage is given the time for which it, and nothing before it, was waited for; what was done beside the build
 * was not waited for.
 */
export function shares({ launch, stages }: Pick<ProjectStatus, "launch" | "stages">): Share[] {
  const spans = spansOf(stages);
  const build = spans.find(({ stage }) => stage === "build");
  const beside = (span: Span) => build !== undefined && span !== build && span.to <= build.to;
  let cursor = launch.startedAt ?? "";
  return spans
    .map((span) => (build && beside(span) ? { ...span, to: earlier(span.to, build.from) } : span))
    .toSorted((a, b) => a.to.localeCompare(b.to))
    .map(({ stage, from, to }) => {
      const seconds = secondsBetween(later(cursor, from), to);
      cursor = later(cursor, to);
      return { stage, seconds };
    })
    .filter(({ seconds }) => seconds >= 1);
}

/** Of several environments from the first that began to the last that ended. */
function spansOf(rows: readonly StageStatus[]): Span[] {
  const spans = new Map<StageStatus["stage"], Span>();
  for (const { stage, startedAt: from, finishedAt: to } of rows) {
    if (!from || !to) continue;
    const known = spans.get(stage);
    spans.set(stage, known ? { stage, from: earlier(known.from, from), to: later(known.to, to) } : { stage, from, to });
  }
  return [...spans.values()];
}

function earlier(one: string, other: string): string {
  return one < other ? one : other;
}

function later(one: string, other: string): string {
  return one > other ? one : other;
}
