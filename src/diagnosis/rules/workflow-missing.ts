import type { Facts } from "../../facts/facts.ts";
import { overtakenBy } from "../../facts/overtaken-by.ts";
import { tagOf } from "../../project/naming.ts";
import { pushedAt } from "../../project/pushed-at.ts";
import { wantedCommit } from "../../project/wanted-commit.ts";
import type { Rule } from "../rule.ts";

/** How long after the push Actions may take to show a run. */
const PATIENCE_MS = 60_000;

/**
 * Nothing builds the commit. Only GitHub's own word says so, given after the push; and where an image of before can run,
 * only when the workflow is not there or switched off: else the push was not for it.
 */
export const workflowMissing: Rule<"workflow-missing"> = {
  code: "workflow-missing",
  scope: "project",
  severity: "fail",
  stage: "build",
  needs: ["head"],
  remedies: ["retry"],
  blind({ project, facts }) {
    const sha = wantedCommit(project, facts.head);
    const build = sha === undefined ? undefined : facts.builds[sha];
    if (sha === undefined || !build) return undefined;
    if (!build.known) return build.reason;
    if (build.value.state !== "none") return undefined;
    // An image that somebody pushed by hand, or that of a commit before it, may do.
    const own = facts.images[tagOf(sha)];
    if (own && !own.known) return own.reason;
    return facts.lineage.known || isOff(facts) ? undefined : facts.lineage.reason;
  },
  check({ project, facts }) {
    const sha = wantedCommit(project, facts.head);
    const build = sha === undefined ? undefined : facts.builds[sha];
    const since = sha === undefined ? undefined : pushedAt(project, sha);
    if (sha === undefined || since === undefined || !build?.known || build.value.state !== "none") return [];
    if (overtakenBy(project, facts)) return [];
    const waited = facts.at.getTime() - since.getTime();
    const lineage = facts.lineage.known ? facts.lineage.value : undefined;
    const before = lineage?.nearest !== undefined || lineage?.awaited !== undefined;
    if (waited < PATIENCE_MS || (before && !isOff(facts))) return [];
    const { owner, repository, workflow } = project.spec;
    return [
      {
        subject: `commit/${sha}`,
        evidence: `no run of ${workflow} for ${sha.slice(0, 7)}, ${Math.round(PATIENCE_MS / 1000)} s after the push`,
        seenFrom: "github",
        params: {
          repository: `${owner}/${repository}`,
          sha: sha.slice(0, 7),
          workflow,
          state: (facts.workflow.known && facts.workflow.value) || "",
        },
      },
    ];
  },
};

function isOff({ workflow }: Facts): boolean {
  return workflow.known && workflow.value !== undefined && workflow.value !== "active";
}
