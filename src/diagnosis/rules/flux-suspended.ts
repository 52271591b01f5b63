import { holderOf } from "../../facts/holder-of.ts";
import { subjectOf } from "../../facts/identity.ts";
import type { Found, Rule } from "../rule.ts";

/** Somebody has told Flux to stand still. That is theirs to end: nothing of ours is ever suspended. */
export const fluxSuspended: Rule<"flux-suspended"> = {
  code: "flux-suspended",
  scope: "environment",
  severity: "warn",
  needs: ["sources", "kustomization"],
  remedies: ["check-again"],
  check({ here, project }) {
    const { environment, sources, kustomization } = here;
    const { released } = project.status.environments.find(({ name }) => name === environment.name) ?? {};
    const objects = [
      ...(sources.known ? sources.value : []),
      // The version before kept a Kustomization suspended until its image was there.
      ...(kustomization.known && kustomization.value && released !== undefined ? [kustomization.value] : []),
    ];
    return objects
      .filter(({ suspended }) => suspended)
      .map((object): Found<"flux-suspended"> => {
        const by = holderOf(here, object, "spec.suspend");
        return {
          subject: subjectOf(object),
          evidence: `${object.kind} ${object.namespace}/${object.name}: spec.suspend is true`,
          seenFrom: "cluster",
          params: { kind: object.kind, name: object.name, namespace: object.namespace, by: by.name },
          ...(by.at ? { since: by.at } : {}),
        };
      });
  },
};
