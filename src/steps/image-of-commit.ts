import type { Facts } from "../facts/facts.ts";
import { tagOf } from "../project/naming.ts";
import type { Project } from "../project/project.ts";
import { pushedAt } from "../project/pushed-at.ts";

/** How long after the push Actions may take to show a run. */
const RUN_PATIENCE_MS = 60_000;

/** The commit whose image runs for `sha`, and why it is not its own. */
export interface ImageOfCommit {
  sha: string;
  kept?: "manifests" | "skipped" | "untriggered";
}

/**
 * Its own image where the registry has it. Where there is nothing to build for it (only manifests changed, its run was
 * skipped, or the workflow was not triggered by it) that of its nearest first-parent ancestor that has one.
 * Undefined: it is to be waited for.
 */
export function imageOfCommit(project: Project, facts: Facts, sha: string): ImageOfCommit | undefined {
  const own = facts.images[tagOf(sha)];
  if (own?.known && own.value) return { sha };
  const before = facts.lineage.known ? facts.lineage.value : undefined;
  if (before?.sha !== sha || before.nearest === undefined) return undefined;
  if (before.onlyManifests) return { sha: before.nearest, kept: "manifests" };
  if (before.awaited) return undefined;
  const build = facts.builds[sha];
  if (!build?.known) return undefined;
  if (build.value.state === "skipped") return { sha: before.nearest, kept: "skipped" };
  const active = facts.workflow.known && facts.workflow.value === "active";
  const waited = facts.at.getTime() - (pushedAt(project, sha)?.getTime() ?? facts.at.getTime());
  return build.value.state === "none" && active && waited >= RUN_PATIENCE_MS
    ? { sha: before.nearest, kept: "untriggered" }
    : undefined;
}
