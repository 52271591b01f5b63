import { needsNoBuild } from "../../facts/needs-no-build.ts";
import { ownImage } from "../../facts/own-image.ts";
import { wantedCommit } from "../../project/wanted-commit.ts";
import type { Rule } from "../rule.ts";
import { tellingLine } from "../telling-line.ts";

/** The image is there, or none is needed, so the commit is deployed; its run ended badly all the same, in a job after it for instance. */
export const buildRed: Rule<"build-red"> = {
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
    if (!build) return { because: "RunOver" };
    if (!build.known) return build.reason;
    const needless = needsNoBuild(project, facts, sha);
    return build.value.state === "failed" && !needless.known ? needless.reason : undefined;
  },
  check({ project, facts }) {
    const sha = wantedCommit(project, facts.head);
    const build = sha === undefined ? undefined : facts.builds[sha];
    if (sha === undefined || !build?.known || build.value.state !== "failed") return [];
    const needless = needsNoBuild(project, facts, sha);
    if (!needless.known || !needless.value) return [];
    const { run } = build.value;
    const own = ownImage(project, facts, sha);
    const failure = facts.failure.known ? facts.failure.value : undefined;
    return [
      {
        subject: `run/${run.id}`,
        evidence: tellingLine(failure?.lines ?? []) ?? `run #${run.number}: ${run.conclusion}`,
        seenFrom: "github",
        params: {
          number: run.number,
          url: run.url,
          sha: run.sha.slice(0, 7),
          image: own.known && own.value ? "own" : "kept",
          ...(failure ? { job: failure.job } : {}),
        },
      },
    ];
  },
};
