import type { EnvironmentFacts } from "../facts/environment-facts.ts";
import type { Event } from "../facts/event.ts";
import { subjectOf } from "../facts/identity.ts";
import { steadyText } from "../facts/steady-text.ts";
import { workloadsApplied } from "../facts/workloads-applied.ts";
import { shorten } from "../project/shorten.ts";
import type { Found, SeenEnvironment } from "./rule.ts";

/** Sources whose last fetch failed in such a way. Several that fail alike are one trouble, told of the branch's first. */
export function failedSources(
  { here, project }: SeenEnvironment,
  isIt: (message: string) => boolean,
): Found<SourceCode>[] {
  const { sources, sourceEvents } = here;
  const failing = (sources.known ? sources.value : []).flatMap((source) =>
    source.failure && !source.suspended && isIt(source.failure.message) ? [{ source, failure: source.failure }] : [],
  );
  const [found] = failing.toSorted((a, b) => a.source.name.length - b.source.name.length);
  if (!found) return [];
  const { source, failure } = found;
  const count = sourceEvents.known ? occurrences(sourceEvents.value) : 0;
  const { tag } = project.status.environments.find(({ name }) => name === here.environment.name) ?? {};
  return [
    {
      subject: subjectOf({ ...source, name: project.metadata.name }),
      evidence: shorten(steadyText(failure.message)),
      seenFrom: "cluster",
      params: {
        url: source.url,
        // Something was fetched once, and is kept.
        artifact: source.artifact === undefined && tag === undefined ? "" : "yes",
        address: /dial tcp (\S+):/.exec(failure.message)?.[1] ?? "",
        reason: failure.reason,
        // Said of it only what is seen.
        running: serves(here) ? "yes" : "",
      },
      ...(failure.since ? { since: failure.since } : {}),
      ...(count > 0 ? { count } : {}),
    },
  ];
}

type SourceCode = "flux-source-timeout" | "flux-source-failed";

function serves(here: EnvironmentFacts): boolean {
  return workloadsApplied(here).some(({ kind, ready }) => kind !== "Job" && ready > 0);
}

function occurrences(events: readonly Event[]): number {
  return events.filter(({ reason }) => reason === "GitOperationFailed").reduce((total, { count }) => total + count, 0);
}
