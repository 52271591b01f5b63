import { imageOf, tagOf } from "../../project/naming.ts";
import { pinOf } from "../../project/pin-of.ts";
import { runsOwnImage } from "../../project/runs-own-image.ts";
import { wantedCommit } from "../../project/wanted-commit.ts";
import type { Rule, SeenEnvironment } from "../rule.ts";

/** An environment is pinned to a commit that is there, and of which there is no image: none of its builds pushed one. */
export const pinImageMissing: Rule<"pin-image-missing"> = {
  code: "pin-image-missing",
  scope: "environment",
  severity: "fail",
  stage: "rollout",
  needs: [],
  // Registries show a tag a moment after the push, and GitHub a run.
  confirm: { looks: 2, milliseconds: 60_000 },
  remedies: ["check-again"],
  blind(seen) {
    const sha = awaited(seen);
    if (sha === undefined) return undefined;
    const { pinned, images, builds } = seen.facts;
    return [pinned[sha], images[tagOf(sha)], builds[sha]].flatMap((look) =>
      look && !look.known ? [look.reason] : [],
    )[0];
  },
  check(seen) {
    const { project, settings, facts, here } = seen;
    const sha = awaited(seen);
    if (sha === undefined) return [];
    const tag = tagOf(sha);
    const [commit, present, build] = [facts.pinned[sha], facts.images[tag], facts.builds[sha]];
    if (!commit?.known || !commit.value || !present?.known || present.value || !build?.known) return [];
    if (UNDER_WAY.includes(build.value.state)) return [];
    const image = imageOf(settings.registryHost, project.spec.owner, project.spec.repository);
    const run = "run" in build.value ? build.value.run : undefined;
    return [
      {
        subject: `commit/${sha}/${here.environment.name}`,
        evidence: `${image}:${tag}: not found, ${run ? `run #${run.number}: ${run.conclusion}` : `no run of ${sha}`}`,
        seenFrom: "registry",
        params: {
          ...{ image, tag, sha: sha.slice(0, 7) },
          ...{ environment: here.environment.name, project: project.metadata.name },
          ...(run ? { number: run.number, url: run.url, conclusion: run.conclusion ?? "" } : {}),
        },
      },
    ];
  },
};

const UNDER_WAY = ["queued", "running", "approval"];

/**
 * The commit that it is pinned to and has not been given. Of one that a tag is named for that one is given, whatever it is;
 * what ran once has its image still; of the newest commit the build's own rules tell.
 */
function awaited({ project, facts, here: { environment } }: SeenEnvironment): string | undefined {
  const { deploys } = project.status;
  const pin = pinOf(environment, project.status);
  if (pin === undefined || pin.tag !== undefined || pin.sha === wantedCommit(project, facts.head)) return undefined;
  const ran = deploys.some((each) => each.sha === pin.sha && each.state === "live" && runsOwnImage(each, deploys));
  const given = project.status.environments.some(
    ({ name, released }) => name === environment.name && released === pin.sha,
  );
  return ran || given ? undefined : pin.sha;
}
