import type { Condition } from "../facts/conditions.ts";
import { subjectOf } from "../facts/identity.ts";
import { steadyText } from "../facts/steady-text.ts";
import { shorten } from "../project/shorten.ts";
import type { EnvironmentRule, SeenEnvironment } from "./rule.ts";

/**
 * A rule of what Flux has given up on. It tries again every half minute, and tells nothing of the try before while it does:
 * what was found stays until that has come to its end.
 * https://fluxcd.io/flux/components/kustomize/kustomizations/#failed-kustomization
 */
export function fluxRule<Code extends FluxCode>(
  code: Code,
  isIt: (failure: Condition) => boolean,
): EnvironmentRule<Code> {
  return {
    code,
    scope: "environment",
    severity: "fail",
    stage: "rollout",
    needs: ["kustomization"],
    remedies: ["retry"],
    blind: (seen) => (isTrying(seen) && isOpen(seen, code) ? { because: "FluxTrying" } : undefined),
    check({ here: { kustomization, environment } }) {
      const object = kustomization.known ? kustomization.value : undefined;
      const failure = object?.failure;
      if (!object || !failure || !isIt(failure)) return [];
      const [refusal, applied] = parted(failure.message);
      return [
        {
          subject: subjectOf(object),
          evidence: shorten(steadyText(refusal)),
          seenFrom: "cluster",
          params: { environment: environment.name, path: object.path.replace(/^\.\//, ""), applied },
          ...(failure.since ? { since: failure.since } : {}),
        },
      ];
    },
  };
}

type FluxCode = "flux-path-missing" | "flux-build-failed" | "flux-apply-failed" | "flux-health-timeout";

/** What failed, and what Flux had applied before that, which it lists after it, an object a line. */
function parted(message: string): [failure: string, applied: string] {
  const lines = message.trimEnd().split("\n");
  const from = lines.findLastIndex((line) => !/^\S+\/\S+ (?:created|configured)$/.test(line)) + 1;
  const applied = lines.slice(from).map((line) => line.split(" ")[0]);
  return [lines.slice(0, from).join("\n"), applied.slice(0, 5).join(", ")];
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
