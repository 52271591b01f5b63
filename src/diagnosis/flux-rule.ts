import type { Condition } from "../facts/conditions.ts";
import { subjectOf } from "../facts/identity.ts";
import { steadyText } from "../facts/steady-text.ts";
import type { EnvironmentRule, SeenEnvironment } from "./rule.ts";

/**
 * A rule of what Flux has given up on. It tries again every half minute, and tells nothing of the try before while it does:
 * what was found stays until that has come to its end.
 * https://fluxcd.io/flux/components/kustomize/kustomizations/#failed-kustomization
 */
export function fluxRule(code: string, isIt: (failure: Condition) => boolean): EnvironmentRule {
  return {
    code,
    scope: "environment",
    severity: "fail",
    stage: "rollout",
    needs: ["kustomization"],
    remedies: ["retry"],
    blind: (seen) => (isTrying(seen) && isOpen(seen, code) ? "Flux is trying again" : undefined),
    check({ here: { kustomization, environment } }) {
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
    },
  };
}

function isTrying({ here: { kustomization } }: SeenEnvironment): boolean {
  return kustomization.known && kustomization.value?.trying === true;
}

function isOpen({ project, here }: SeenEnvironment, code: string): boolean {
  return project.status.findings.some(
    (each) =>
      each.code === code &&
      each.recoveredAt === undefined &&
      (each.environment ?? here.environment.name) === here.environment.name,
  );
}
