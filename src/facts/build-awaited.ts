import type { Read } from "../project/read.ts";
import type { Build } from "./build.ts";
import type { Lineage } from "./lineage.ts";

/** The build that the image of a commit is to come from: its own, or where there is none for it that of one before it. */
export function buildAwaited(own: Build, sha: string, lineage: Read<Lineage | undefined>): Build {
  const before = lineage.known ? lineage.value : undefined;
  const unbuilt = own.state === "none" || own.state === "skipped";
  return (unbuilt && before?.sha === sha ? before.awaited : undefined) ?? own;
}
