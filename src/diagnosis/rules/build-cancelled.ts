import { needsNoBuild } from "../../facts/needs-no-build.ts";
import { overtakenBy } from "../../facts/overtaken-by.ts";
import { wantedCommit } from "../../project/wanted-commit.ts";
import type { Rule } from "../rule.ts";
import { unreadImage } from "../unread-image.ts";

/** Somebody, or a newer run, stopped the build: no failure, and nothing comes of it either. */
export const buildCancelled: Rule<"build-cancelled"> = {
  code: "build-cancelled",
  scope: "project",
  severity: "warn",
  stage: "build",
  needs: ["head"],
  // A newer commit that took its place shows itself within moments.
  confirm: { milliseconds: 5_000 },
  remedies: ["retry"],
  blind({ project, facts }) {
    const sha = wantedCommit(project, facts.head);
    const build = sha === undefined ? undefined : facts.builds[sha];
    return build && !build.known ? build.reason : undefined;
  },
  check({ project, facts }) {
    const sha = wantedCommit(project, facts.head);
    const build = sha === undefined ? undefined : facts.builds[sha];
    if (sha === undefined || !build?.known || build.value.state !== "cancelled") return [];
    // What decides is the image: stopped after it was made, the run is of no more use to the deploy.
    const needless = needsNoBuild(project, facts, sha);
    if (overtakenBy(project, facts) || (needless.known && needless.value)) return [];
    const { run } = build.value;
    const { params, ...confirm } = unreadImage(project, facts, sha);
    return [
      {
        subject: `run/${run.id}/${run.attempt}`,
        evidence: `run #${run.number}: ${run.conclusion}`,
        seenFrom: "github",
        params: { number: run.number, url: run.url, sha: run.sha.slice(0, 7), ...params },
        ...confirm,
      },
    ];
  },
};
