import type { Condition } from "../facts/conditions.ts";
import type { EnvironmentFacts } from "../facts/environment-facts.ts";
import { subjectOf } from "../facts/identity.ts";
import { steadyText } from "../facts/steady-text.ts";
import type { Found } from "./rule.ts";

/** What Flux has given up on. https://fluxcd.io/flux/components/kustomize/kustomizations/#failed-kustomization */
export function fluxFailures(
  { kustomization, environment }: EnvironmentFacts,
  isIt: (failure: Condition) => boolean,
): Found[] {
  const object = kustomization.known ? kustomization.value : undefined;
  const failure = object?.failure;
  if (!object || !failure || !isIt(failure)) return [];
  return [
    {
      subject: subjectOf(object),
      evidence: steadyText(failure.message).slice(0, 300),
      seenFrom: "cluster",
      params: { environment: environment.name, path: object.path.replace(/^\.\//, "") },
      ...(failure.since ? { since: failure.since } : {}),
    },
  ];
}
