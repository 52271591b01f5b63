import { needsNoBuild } from "../../facts/needs-no-build.ts";
import { overtakenBy } from "../../facts/overtaken-by.ts";
import { wantedCommit } from "../../project/wanted-commit.ts";
import type { Rule } from "../rule.ts";
import { tellingLine } from "../telling-line.ts";
import { unreadImage } from "../unread-image.ts";

/** The workflow that makes the image ended badly. What was cancelled, skipped or waits for somebody did not. */
export const buildFailed: Rule<"build-failed"> = {
  code: "build-failed",
  scope: "project",
  severity: "fail",
  stage: "build",
  needs: ["head"],
  remedies: ["retry"],
  blind({ project, facts }) {
    const sha = wantedCommit(project, facts.head);
    const build = sha === undefined ? undefined : facts.builds[sha];
    return build && !build.known ? build.reason : undefined;
  },
  check({ project, facts }) {
    const sha = wantedCommit(project, facts.head);
    const build = sha === undefined ? undefined : facts.builds[sha];
    if (sha === undefined || !build?.known || build.value.state !== "failed") return [];
    if (overtakenBy(project, facts)) return [];
    // What decides is the image: where it is there it is deployed, and the red run is told beside it (build-red).
    const needless = needsNoBuild(project, facts, sha);
    if (needless.known && needless.value) return [];
    const { run } = build.value;
    const { params, ...confirm } = unreadImage(project, facts, sha);
    const failure = facts.failure.known ? facts.failure.value : undefined;
    return [
      {
        subject: `run/${run.id}/${run.attempt}`,
        evidence: tellingLine(failure?.lines ?? []) ?? `run #${run.number}: ${run.conclusion}`,
        seenFrom: "github",
        params: {
          number: run.number,
          url: run.url,
          conclusion: run.conclusion ?? "failure",
          sha: run.sha.slice(0, 7),
          ...(failure ? { job: failure.job, step: failure.step } : {}),
          ...params,
        },
        ...confirm,
      },
    ];
  },
};
