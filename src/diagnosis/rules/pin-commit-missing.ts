import { pinOf } from "../../project/pin-of.ts";
import { tagToLookUp } from "../../project/tag-to-look-up.ts";
import type { Rule, SeenEnvironment } from "../rule.ts";

/** An environment is pinned to a commit that its repository does not have: what it waits for never comes. */
export const pinCommitMissing: Rule<"pin-commit-missing"> = {
  code: "pin-commit-missing",
  scope: "environment",
  severity: "fail",
  stage: "rollout",
  needs: [],
  // GitHub may not show everywhere yet what was pushed a moment ago.
  confirm: { looks: 2, milliseconds: 10_000 },
  remedies: ["check-again"],
  blind(seen) {
    const { look } = looked(seen);
    return look && !look.known ? look.reason : undefined;
  },
  check(seen) {
    const { project, here } = seen;
    const { sha, look } = looked(seen);
    if (sha === undefined || !look?.known || look.value) return [];
    const repository = `${project.spec.owner}/${project.spec.repository}`;
    return [
      {
        subject: `commit/${sha}/${here.environment.name}`,
        evidence: `GitHub: no commit ${sha} in ${repository}`,
        seenFrom: "github",
        params: {
          repository,
          sha: sha.slice(0, 7),
          environment: here.environment.name,
          project: project.metadata.name,
        },
      },
    ];
  },
};

/** GitHub is asked for as long as the commit has not been given out. A tag that is of none is an image alone, and no fault. */
function looked({ project, facts, here }: SeenEnvironment) {
  const tag = tagToLookUp(here.environment, project.status);
  if (tag !== undefined) return { look: facts.pinned[tag] };
  const sha = pinOf(here.environment, project.status)?.sha;
  return { sha, look: sha === undefined ? undefined : facts.pinned[sha] };
}
