import { workloadsApplied } from "../../facts/workloads-applied.ts";
import { isOfImage } from "../../project/is-of-image.ts";
import { imageOf } from "../../project/naming.ts";
import type { Rule } from "../rule.ts";

/** Everything is applied, and nothing of it runs the project's image: the manifests name another one. */
export const imageElsewhere: Rule<"image-elsewhere"> = {
  code: "image-elsewhere",
  scope: "environment",
  severity: "warn",
  needs: ["workloads", "kustomization"],
  confirm: { milliseconds: 5_000 },
  remedies: ["check-again"],
  check({ here, project, settings }) {
    const image = imageOf(settings.registryHost, project.spec.owner, project.spec.repository);
    const applied = here.kustomization.known ? here.kustomization.value : undefined;
    const workloads = workloadsApplied(here);
    if (!applied?.observed || applied.inventory === undefined || workloads.length === 0) return [];
    const used = workloads.flatMap(({ containers }) => containers.map((container) => container.image));
    if (used.some((each) => isOfImage(image, each))) return [];
    return [
      {
        subject: `environment/${here.environment.name}/image`,
        evidence: [...new Set(used)].slice(0, 3).join(", "),
        seenFrom: "cluster",
        params: { image, used: [...new Set(used)].slice(0, 3).join(", "), environment: here.environment.name },
      },
    ];
  },
};
