import { z } from "zod";
import type { KubeObject } from "../../store.ts";

const Reference = z.looseObject({ name: z.string(), namespace: z.string().optional() });
const Selector = z.object({
  group: z.string().optional(),
  version: z.string().optional(),
  kind: z.string().optional(),
  name: z.string().optional(),
  namespace: z.string().optional(),
  labelSelector: z.string().optional(),
  annotationSelector: z.string().optional(),
});

const Kustomization = z.looseObject({
  spec: z.looseObject({
    sourceRef: Reference.extend({ kind: z.string() }),
    path: z.string().default("./"),
    prune: z.boolean().default(false),
    interval: z.string().default("10m"),
    retryInterval: z.string().optional(),
    timeout: z.string().optional(),
    suspend: z.boolean().default(false),
    force: z.boolean().default(false),
    wait: z.boolean().default(false),
    targetNamespace: z.string().optional(),
    namePrefix: z.string().optional(),
    nameSuffix: z.string().optional(),
    serviceAccountName: z.string().optional(),
    dependsOn: z.array(Reference).default([]),
    images: z
      .array(
        z.object({
          name: z.string(),
          newName: z.string().optional(),
          newTag: z.string().optional(),
          digest: z.string().optional(),
        }),
      )
      .default([]),
    patches: z.array(z.object({ patch: z.string(), target: Selector.optional() })).default([]),
    commonMetadata: z
      .looseObject({
        labels: z.record(z.string(), z.string()).default({}),
        annotations: z.record(z.string(), z.string()).default({}),
      })
      .optional(),
    healthChecks: z.array(Reference.extend({ kind: z.string(), apiVersion: z.string().optional() })).default([]),
  }),
  status: z
    .looseObject({
      observedGeneration: z.number().optional(),
      lastAppliedRevision: z.string().optional(),
      inventory: z
        .looseObject({ entries: z.array(z.looseObject({ id: z.string(), v: z.string() })).default([]) })
        .optional(),
    })
    .default({}),
});

export type Kustomization = z.infer<typeof Kustomization>;

/** https://github.com/fluxcd/kustomize-controller/blob/v1.7.3/api/v1/kustomization_types.go */
export function parseFluxKustomization(object: KubeObject): Kustomization {
  return Kustomization.parse(object);
}
