import type { Sighting } from "../diagnosis/diagnose.ts";
import type { Finding } from "../project/finding.ts";

/** What was seen and is not told yet. In memory: after a restart it is made sure of once more. */
export interface Confirmation {
  /** Those that are made sure of, or told already; and when to look again for the sake of the others. */
  confirm(project: string, sightings: readonly Sighting[], told: readonly Told[], at: Date): Confirmed;
  forget(project: string): void;
}

export interface Confirmed {
  findings: Finding[];
  again: Date | undefined;
  /** Some have lasted long enough, but were last seen before that: what is seen now decides. */
  stale: boolean;
}

type Told = Pick<Finding, "code" | "subject">;

interface Seen {
  since: number;
  looks: number;
}

/** Between two looks for the sake of one that is not made sure of yet. */
const LOOK_AGAIN_MS = 2_000;

export function createConfirmation(): Confirmation {
  const memory = new Map<string, Map<string, Seen>>();
  return {
    forget: (project) => void memory.delete(project),
    confirm(project, sightings, told, at) {
      const before = memory.get(project);
      const now = new Map<string, Seen>();
      const findings: Finding[] = [];
      let again: number | undefined;
      let stale = false;
      for (const { confirm, seenAt = at, ...finding } of sightings) {
        const key = `${finding.code} ${finding.subject}`;
        const was = before?.get(key);
        const seen = { since: was?.since ?? at.getTime(), looks: (was?.looks ?? 0) + 1 };
        const due = seen.since + (confirm?.milliseconds ?? 0);
        const long = at.getTime() >= due;
        const fresh = confirm?.milliseconds === undefined || seenAt.getTime() >= due;
        const sure = seen.looks >= (confirm?.looks ?? 1) && long && fresh;
        if (sure || told.some((each) => each.code === finding.code && each.subject === finding.subject)) {
          findings.push(finding);
          continue;
        }
        now.set(key, seen);
        stale ||= long && !fresh;
        const next = Math.max(due, at.getTime() + LOOK_AGAIN_MS);
        again = Math.min(again ?? next, next);
      }
      if (now.size === 0) memory.delete(project);
      else memory.set(project, now);
      return { findings, again: again === undefined ? undefined : new Date(again), stale };
    },
  };
}
