import type { Facts } from "../facts/facts.ts";
import { needsNoBuild } from "../facts/needs-no-build.ts";
import { ownImage } from "../facts/own-image.ts";
import type { Project } from "../project/project.ts";
import type { Confirm } from "./rule.ts";

/** A registry that does not answer for a moment is asked once more before a run is told as one that made nothing. */
const CONFIRM = { milliseconds: 10_000 };

/**
 * Of a run that ended badly: what could not be read of its image, if anything. It is told all the same, and not as one
 * without an image where only nobody could ask.
 */
export function unreadImage(
  project: Project,
  facts: Facts,
  sha: string,
): { params: { unread?: "registry" | "lineage" }; confirm?: Confirm } {
  if (needsNoBuild(project, facts, sha).known) return { params: {} };
  const unread = ownImage(project, facts, sha).known ? "lineage" : "registry";
  return { params: { unread }, confirm: CONFIRM };
}
