import { isStranger, pullFailureOf, STRANGER_MS } from "../../facts/pull-failure.ts";
import { imageOf, tagOf } from "../../project/naming.ts";
import { wantedCommit } from "../../project/wanted-commit.ts";
import { eachContainer } from "../each-container.ts";
import { evidenceOfPull } from "../evidence-of-pull.ts";
import type { Found, Rule, Seen } from "../rule.ts";
import { unseenImages } from "../unseen-images.ts";

/** The registry answers, but not to us, or not to the node. */
export const imageUnauthorized: Rule<"image-unauthorized"> = {
  code: "image-unauthorized",
  scope: "project",
  severity: "fail",
  stage: "build",
  needs: [],
  explains: ["rollout-stuck", "flux-health-timeout", "http-404-no-route", "http-502-503-504"],
  remedies: ["retry"],
  unseen: ({ project, facts }) => {
    const sha = wantedCommit(project, facts.head);
    const present = sha === undefined ? undefined : facts.images[tagOf(sha)];
    // That we are refused is an answer.
    const mute = present && !present.known && present.needs !== "image-unauthorized";
    return unseenImages(facts, mute ? present.reason : undefined);
  },
  check: (seen) => [...toUs(seen), ...toNodes(seen)],
};

function toUs({ project, settings, facts }: Seen): Found<"image-unauthorized">[] {
  const sha = wantedCommit(project, facts.head);
  const present = sha === undefined ? undefined : facts.images[tagOf(sha)];
  if (sha === undefined || !present || present.known || present.needs !== "image-unauthorized") return [];
  const reference = `${imageOf(settings.registryHost, project.spec.owner, project.spec.repository)}:${tagOf(sha)}`;
  return [
    {
      subject: `image/${reference}`,
      evidence: typeof present.reason === "string" ? present.reason : "",
      seenFrom: "registry",
      params: { reference },
    },
  ];
}

function toNodes(seen: Seen): Found<"image-unauthorized">[] {
  return seen.facts.environments.flatMap((here) =>
    eachContainer({ ...seen, here }, (container) => {
      if (pullFailureOf(container) !== "unauthorized") return undefined;
      const evidence = evidenceOfPull(container);
      return isStranger(container) ? { evidence, confirm: { milliseconds: STRANGER_MS } } : { evidence };
    }).map((found) => ({ ...found, stage: "rollout" as const, environment: here.environment.name })),
  );
}
