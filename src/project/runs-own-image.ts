import { tagOf } from "./naming.ts";
import type { Deploy } from "./project.ts";

/** Whether a deploy gave its commit the image that belongs to it, rather than one that a pin had put in its place. */
export function runsOwnImage({ sha, tag }: Deploy, deploys: readonly Deploy[]): boolean {
  if (tag === tagOf(sha)) return true;
  // Where there was nothing to build it runs the image of a commit before it.
  return deploys.some(
    (other) =>
      other.sha === sha && other.stages.some(({ reason, params }) => reason === "ImageKept" && params.tag === tag),
  );
}
