import type { Build } from "../../facts/build.ts";
import { needsNoBuild } from "../../facts/needs-no-build.ts";
import { pullFailureOf } from "../../facts/pull-failure.ts";
import { imageOf, tagOf } from "../../project/naming.ts";
import { wantedCommit } from "../../project/wanted-commit.ts";
import { eachContainer } from "../each-container.ts";
import { evidenceOfPull } from "../evidence-of-pull.ts";
import type { Found, Rule, Seen } from "../rule.ts";
import { unseenImages } from "../unseen-images.ts";

/** Registries show a tag a moment after the push. */
const PATIENCE_MS = 60_000;

/** The build is over without having failed, and the image is not there: looked for in the registry, and by the node that pulls it. */
export const imageNeverPushed: Rule<"image-never-pushed"> = {
  code: "image-never-pushed",
  scope: "project",
  severity: "fail",
  stage: "build",
  needs: [],
  explains: ["rollout-stuck", "flux-health-timeout", "http-404-no-route", "http-502-503-504"],
  remedies: ["retry"],
  unseen: ({ project, facts }) => {
    const sha = wantedCommit(project, facts.head);
    const build = sha === undefined ? undefined : facts.builds[sha];
    const looks = sha === undefined ? [] : [build, facts.images[tagOf(sha)]];
    // Of a run that is over it also has to be known whether the commit needs an image of its own.
    if (sha !== undefined && build?.known && isOver(build.value)) looks.push(needsNoBuild(project, facts, sha));
    return unseenImages(facts, looks.flatMap((look) => (look && !look.known ? [look.reason] : []))[0]);
  },
  check: (seen) => [...inRegistry(seen), ...onNodes(seen)],
};

/** Only where the registry was asked since, and answered. */
function inRegistry({ project, settings, facts }: Seen): Found<"image-never-pushed">[] {
  const sha = wantedCommit(project, facts.head);
  if (sha === undefined) return [];
  const build = facts.builds[sha];
  const present = facts.images[tagOf(sha)];
  if (!build?.known || !present?.known || present.value) return [];
  if (!isOver(build.value)) return [];
  const needless = needsNoBuild(project, facts, sha);
  if (!needless.known || needless.value) return [];
  const { run } = build.value;
  if (facts.at.getTime() - run.updatedAt.getTime() < PATIENCE_MS) return [];
  const image = imageOf(settings.registryHost, project.spec.owner, project.spec.repository);
  const tag = tagOf(sha);
  return [
    {
      subject: `image/${image}:${tag}`,
      evidence: `${image}:${tag}: not found, run #${run.number} ${run.conclusion === "success" ? "succeeded" : `ended as ${run.conclusion}`}`,
      seenFrom: "registry",
      params: {
        ...{ image, tag, number: run.number, url: run.url },
        ...(build.value.state === "ended" ? { conclusion: run.conclusion ?? "" } : {}),
      },
    },
  ];
}

/** Without having failed. */
function isOver(build: Build): build is Extract<Build, { state: "succeeded" | "ended" }> {
  return build.state === "succeeded" || build.state === "ended";
}

function onNodes(seen: Seen): Found<"image-never-pushed">[] {
  const { project, settings, facts } = seen;
  const own = imageOf(settings.registryHost, project.spec.owner, project.spec.repository);
  return facts.environments.flatMap((here) =>
    eachContainer({ ...seen, here }, (container) =>
      pullFailureOf(container) === "missing" && container.image.startsWith(`${own}:`)
        ? { evidence: evidenceOfPull(container) }
        : undefined,
    ).map((found) => ({ ...found, stage: "rollout" as const, environment: here.environment.name })),
  );
}
