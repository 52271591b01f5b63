import type { Facts } from "../../facts/facts.ts";
import { needsNoBuild } from "../../facts/needs-no-build.ts";
import { tagOf } from "../../project/naming.ts";
import type { Project } from "../../project/project.ts";
import { wantedCommit } from "../../project/wanted-commit.ts";
import type { Rule } from "../rule.ts";

/** The image is there, or none is needed, so the commit is deployed; its run ended badly all the same, in a job after it for instance. */
export const buildRed: Rule = {
  code: "build-red",
  scope: "project",
  severity: "warn",
  needs: ["head"],
  remedies: ["check-again"],
  blind({ project, facts }) {
    const sha = wantedCommit(project, facts.head);
    if (sha === undefined) return undefined;
    const build = facts.builds[sha];
    // Not asked for once nothing is under way: what was said of it holds for as long as this commit runs.
    if (!build) return "the run is over";
    return build.known ? undefined : build.reason;
  },
  check({ project, facts }) {
    const sha = wantedCommit(project, facts.head);
    const build = sha === undefined ? undefined : facts.builds[sha];
    if (sha === undefined || !build?.known || build.value.state !== "failed") return [];
    if (!needsNoBuild(project, facts, sha)) return [];
    const { run } = build.value;
    const failure = facts.failure.known ? facts.failure.value : undefined;
    return [
      {
        subject: `run/${run.id}`,
        evidence: failure?.lines.at(-1) ?? `run #${run.number}: ${run.conclusion}`,
        seenFrom: "github",
        params: {
          number: run.number,
          url: run.url,
          sha: run.sha.slice(0, 7),
          image: hasOwnImage(project, facts, sha) ? "own" : "kept",
          ...(failure ? { job: failure.job } : {}),
        },
      },
    ];
  },
};

function hasOwnImage({ status }: Project, { images }: Facts, sha: string): boolean {
  const tag = tagOf(sha);
  const own = images[tag];
  return (own?.known && own.value) || status.environments.some((each) => each.tag === tag);
}
