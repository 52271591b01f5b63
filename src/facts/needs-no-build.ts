import type { Project } from "../project/project.ts";
import { known, type Read, unknown } from "../project/read.ts";
import type { Facts } from "./facts.ts";
import { ownImage } from "./own-image.ts";

/**
 * Whether it is settled what a commit runs, so that its run decides nothing any more: its image is there, or it was given
 * another one, or nothing but manifests has changed since a commit that has one. A registry that could not be asked has not
 * said no.
 */
export function needsNoBuild(project: Project, facts: Pick<Facts, "images" | "lineage">, sha: string): Read<boolean> {
  const own = ownImage(project, facts, sha);
  if (own.known && own.value) return own;
  const given = project.status.environments.some(
    ({ released, tag, pinnedTag }) => tag !== undefined && released === sha && pinnedTag === undefined,
  );
  if (given) return known(true);
  const { lineage } = facts;
  const before = lineage.known && lineage.value?.sha === sha ? lineage.value : undefined;
  if (before?.nearest !== undefined && before.onlyManifests) return known(true);
  if (!own.known) return own;
  if (!lineage.known) return lineage;
  return before ? known(false) : unknown({ because: "LineageUnseen" });
}
