import { tagOf } from "../project/naming.ts";
import type { Project } from "../project/project.ts";
import type { Facts } from "./facts.ts";

/**
 * Whether it is settled what a commit runs, so that its run decides nothing any more: its image is there, or was given out
 * one, or nothing but manifests has changed since a commit that has one.
 */
export function needsNoBuild({ status }: Project, { images, lineage }: Pick<Facts, "images" | "lineage">, sha: string) {
  const own = images[tagOf(sha)];
  if (own?.known && own.value) return true;
  const given = status.environments.some(
    ({ released, tag, pinnedTag }) =>
      tag !== undefined && ((released === sha && pinnedTag === undefined) || tag === tagOf(sha)),
  );
  if (given) return true;
  const before = lineage.known ? lineage.value : undefined;
  return before?.sha === sha && before.nearest !== undefined && before.onlyManifests;
}
