import { tagOf } from "../project/naming.ts";
import type { Project } from "../project/project.ts";
import { known, type Read, unknown } from "../project/read.ts";
import type { Facts } from "./facts.ts";

/** Whether a commit's own image is there. What was given out once is, whatever the registry says now. */
export function ownImage({ status }: Project, { images }: Pick<Facts, "images">, sha: string): Read<boolean> {
  const tag = tagOf(sha);
  if (status.environments.some((each) => each.tag === tag)) return known(true);
  return images[tag] ?? unknown({ because: "RegistryUnasked" });
}
