import { z } from "zod";
import type { KubeObject } from "../../src/project/ports/cluster.ts";
import { build } from "../../src/sandbox/cluster/kustomize/build.ts";
import type { FluxFields } from "../../src/sandbox/cluster/kustomize/merge-flux-fields.ts";
import { filesOf } from "../sandbox/cluster/kustomize/files-of.ts";

const templated = z.object({ kind: z.string(), spec: z.object({ template: z.unknown() }) });

/** What a Kustomization makes of a repository's files: the template of each workload's pods, as it is sent. */
export function podTemplates({ spec }: KubeObject, files: Record<string, string>): string[] {
  const { path, patches = [], ...flux } = spec as Partial<FluxFields> & { path: string }; // as Flux has it
  const { targetNamespace, images = [], namePrefix, nameSuffix } = flux;
  const built = build(filesOf(files), path.replace(/^\.\//, ""), {
    flux: { targetNamespace, namePrefix, nameSuffix, patches, images },
  });
  return built.flatMap((object) => {
    const found = templated.safeParse(object);
    return found.success ? [`${found.data.kind} ${JSON.stringify(found.data.spec.template)}`] : [];
  });
}
