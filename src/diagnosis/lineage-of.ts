import { type Build, buildOf } from "../facts/build.ts";
import { imageKeptBy } from "../facts/image-kept-by.ts";
import { isManifest, type Lineage } from "../facts/lineage.ts";
import { tagOf } from "../project/naming.ts";
import type { Ports } from "../project/ports/ports.ts";
import { Problem } from "../project/problem.ts";
import type { Project } from "../project/project.ts";
import type { Absences } from "./create-absences.ts";

/** How far back an image is looked for: what GitHub lists at once. */
const GENERATIONS = 100;
/** The image of the commit right before is there, as a rule; further back so many are asked for at once. */
const TOGETHER = 10;
const UNDER_WAY: readonly Build["state"][] = ["queued", "running", "approval"];
/** Registries show a tag a moment after the push, and a run that is over a conclusion. */
const SHOWN_MS = 60_000;

/**
 * What came before a commit that has no image of its own: back to the nearest one that has. What is known to be missing is
 * passed by; of the nearest ten commits only for as long as their runs are what they were, which are read each time.
 */
export async function lineageOf(
  project: Project,
  sha: string,
  image: string,
  { github, registry, clock }: Pick<Ports, "github" | "registry" | "clock">,
  absences: Absences | undefined,
): Promise<Lineage> {
  const at = { owner: project.spec.owner, name: project.spec.repository };
  const builds = new Map<string, Promise<Build>>();
  const [itself, ...ancestors] = await github.lineage(at, sha, GENERATIONS);
  // A commit of this moment may not be everywhere yet: that nothing came before it is not what was said.
  if (itself === undefined)
    throw new Problem("repo-not-ready", { evidence: `GitHub does not list the commits before ${sha.slice(0, 7)} yet` });
  for (let from = 0; from < ancestors.length; from += from === 0 ? 1 : TOGETHER) {
    const some = ancestors.slice(from, from === 0 ? 1 : from + TOGETHER);
    const nearest = await Promise.all(some.map((ancestor, index) => imageAt(ancestor, from + index < TOGETHER)));
    const found = nearest.findIndex((commit) => commit !== undefined);
    const [ancestor, commit] = [some[found], nearest[found]];
    if (ancestor === undefined || commit === undefined) continue;
    const paths = await github.changes(at, ancestor, sha);
    const onlyManifests = paths?.every(isManifest) ?? false;
    const nearer = onlyManifests ? [] : ancestors.slice(0, from + found);
    return { sha, nearest: commit, onlyManifests, ...(await awaitedOf(nearer)) };
  }
  return { sha, nearest: undefined, onlyManifests: false, ...(await awaitedOf(ancestors)) };

  async function awaitedOf(commits: string[]): Promise<Pick<Lineage, "awaited">> {
    const nearer = await Promise.all(commits.slice(0, TOGETHER).map(buildAt));
    const awaited = nearer.find(
      (build) => UNDER_WAY.includes(build.state) || (build.state !== "none" && brings(build) && isFresh(build)),
    );
    return awaited ? { awaited } : {};
  }

  function buildAt(commit: string): Promise<Build> {
    const build = builds.get(commit) ?? github.runs(at, { workflow: project.spec.workflow, sha: commit }).then(buildOf);
    builds.set(commit, build);
    return build;
  }

  function isFresh({ run }: Exclude<Build, { state: "none" }>): boolean {
    return clock.now().getTime() - run.updatedAt.getTime() < SHOWN_MS;
  }

  /** The commit whose image is that of `ancestor`: its own, or the one that it was given since there was nothing to build. */
  async function imageAt(ancestor: string, near: boolean): Promise<string | undefined> {
    if (!(await isMissing(ancestor, near))) return ancestor;
    const kept = imageKeptBy(project, ancestor);
    const before = kept && ancestors.find((each) => tagOf(each) === kept.tag);
    if (before === undefined || kept?.why === "manifests") return before;
    // What was left unbuilt once, by a word in its message, is built with whatever is pushed next.
    return (await github.commit(at, ancestor))?.skipsWorkflows ? undefined : before;
  }

  async function isMissing(ancestor: string, near: boolean): Promise<boolean> {
    const name = `${image}:${tagOf(ancestor)}`;
    if (absences?.has(name, clock.now())) {
      if (!near || absences.runsOf(name) === markOf(await buildAt(ancestor))) return true;
    }
    if (await registry.has(image, tagOf(ancestor))) {
      absences?.remove(name);
      return false;
    }
    if (!absences) return true;
    const build = await buildAt(ancestor);
    const over = build.state === "none" || (!UNDER_WAY.includes(build.state) && !isFresh(build));
    if (over) absences.add(name, markOf(build), clock.now());
    else absences.remove(name);
    return true;
  }
}

/** Its image may be shown a moment later. */
function brings({ state }: Build): boolean {
  return state === "succeeded" || state === "ended";
}

/** Another one once anything about a commit's runs has changed. */
function markOf(build: Build): string {
  return build.state === "none" ? "none" : `${build.run.id}/${build.run.attempt}/${build.state}`;
}
