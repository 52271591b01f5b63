import { createHash } from "node:crypto";
import type { EnvironmentFacts } from "../facts/environment-facts.ts";
import { lacksPods } from "../facts/lacks-pods.ts";
import { waitingJobs } from "../facts/waiting-jobs.ts";
import type { Project } from "../project/project.ts";
import type { Acted } from "./act.ts";

/** How long a project is left alone when nothing hints at it. */
const EVERY_MS = {
  /** Time left is told anew, and what no watch shows (GitHub without webhooks, the registry, probes) is looked at. */
  running: 5_000,
  failed: 20_000,
  /** A warning is looked at again until it is over. */
  troubled: 20_000,
  idle: 300_000,
};

/**
 * What nothing hints at is looked at sooner than that by up to this share, each project by one of its own: or a thousand
 * that were looked at together after a start would be so again each time.
 */
const JITTER = 0.2;

/** A person waits for what a look at a URL finds, and nothing hints at one that finds the same. */
const CHECKED_MS = 2_000;

/** However soon a step asks for it: what is due already must not make passes without a pause. */
const SOONEST_MS = 1_000;

/** What a pass saw. `unsure`: when to look for the sake of what is not made sure of yet. */
interface Looked {
  acted: Acted;
  unsure: Date | undefined;
  environments: readonly Pick<EnvironmentFacts, "workloads">[];
  at: Date;
}

/** The soonest of what its steps ask for, what is not made sure of yet, what no watch shows, and what its phase needs. */
export function lookAgainAt(project: Project, { acted, unsure, environments, at }: Looked): { again: Date } {
  const asked = acted.outcomes.flatMap(({ outcome }) =>
    outcome.state === "waiting" && outcome.until ? [outcome.until.getTime()] : [],
  );
  // Nobody says when a pod of a Job changes.
  const jobs = environments
    .flatMap(({ workloads }) => waitingJobs(workloads.known ? workloads.value : []))
    .map(({ askFrom }) => (askFrom > at ? askFrom.getTime() : at.getTime() + EVERY_MS.troubled));
  // Why a pod is not made is asked once for sure; whatever is found then sets the pace.
  const lacking = environments
    .flatMap(({ workloads }) => lacksPods(workloads.known ? workloads.value : []))
    .flatMap(({ askFrom }) => (askFrom > at ? [askFrom.getTime()] : []));
  const checked = project.status.findings.some(({ checked }) => checked?.state === "waiting");
  const pace = checked ? CHECKED_MS : paceOf(project);
  const wanted = Math.min(at.getTime() + pace, ...asked, ...jobs, ...lacking, ...(unsure ? [unsure.getTime()] : []));
  return { again: new Date(Math.max(wanted, at.getTime() + SOONEST_MS)) };
}

function paceOf({ metadata, status }: Project): number {
  if (status.phase === "Launching" || status.deploys.some(({ state }) => state === "running")) return EVERY_MS.running;
  if (status.phase === "Failed") return EVERY_MS.failed;
  return status.findings.some(({ recoveredAt }) => recoveredAt === undefined)
    ? EVERY_MS.troubled
    : EVERY_MS.idle * (1 - JITTER * shareOf(metadata.name));
}

/** At least 0, less than 1; the same for the same name. */
function shareOf(name: string): number {
  return createHash("sha256").update(name).digest().readUInt32BE() / 2 ** 32;
}
