import type { Facts } from "../facts/facts.ts";
import type { Unread } from "../project/unread.ts";
import { wantedHere } from "../project/wanted-commit.ts";
import { sourceNameOf } from "./git-repository-of.ts";
import type { EnvironmentContext } from "./step.ts";

/** Where the manifests of the wanted commit are. */
export type ManifestsHere =
  /** No commit is wanted yet. */
  | { state: "none" }
  /** In a source of its own, fetched. */
  | { state: "fetched"; commit: string; source: string }
  /** What is applied has the same tree: nothing is to be fetched, though a source of its own is better once it is there. */
  | { state: "same"; commit: string; source: string }
  /** A source of its own is to be made, or has not fetched yet. */
  | { state: "missing"; commit: string; source: string }
  | { state: "unknown"; commit: string; reason: Unread };

/** Pure. One that was fetched once stays usable while GitHub is out of reach. */
export function manifestsHere({ project, here, facts, status }: EnvironmentContext): ManifestsHere {
  const commit = wantedHere(project, here.environment, facts.head);
  if (commit === undefined) return { state: "none" };
  if (!here.sources.known) return { state: "unknown", commit, reason: here.sources.reason };
  const source = sourceNameOf(project, commit);
  if (here.sources.value.some((each) => each.name === source && each.artifact === commit))
    return { state: "fetched", commit, source };
  // Released already, and nobody wants anything else.
  if (status.released === commit && status.source !== undefined)
    return { state: "same", commit, source: status.source };
  const applied = here.kustomization.known ? here.kustomization.value : undefined;
  if (applied?.applied !== undefined && sameManifests(facts, applied.applied, commit))
    return { state: "same", commit, source: applied.source };
  const wanted = facts.manifests[commit];
  if (wanted && !wanted.known) return { state: "unknown", commit, reason: wanted.reason };
  return { state: "missing", commit, source };
}

function sameManifests({ manifests }: Facts, one: string, other: string): boolean {
  if (one === other) return true;
  const [a, b] = [manifests[one], manifests[other]];
  if (!a?.known || !b?.known || !a.value || !b.value) return false;
  return a.value.tree === b.value.tree && !a.value.reachesOut && !b.value.reachesOut;
}
