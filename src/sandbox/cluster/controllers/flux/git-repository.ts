import { z } from "zod";
import type { KubeObject } from "../../store.ts";

const Artifact = z.looseObject({
  revision: z.string(),
  digest: z.string().optional(),
  url: z.string(),
  path: z.string(),
  lastUpdateTime: z.string(),
  size: z.number().optional(),
});

const GitRepository = z.looseObject({
  spec: z.looseObject({
    url: z.string(),
    interval: z.string().default("1m"),
    timeout: z.string().default("60s"),
    suspend: z.boolean().default(false),
    ref: z
      .looseObject({
        branch: z.string().optional(),
        tag: z.string().optional(),
        commit: z.string().optional(),
        name: z.string().optional(),
      })
      .default({}),
    secretRef: z.looseObject({ name: z.string() }).optional(),
  }),
  status: z
    .looseObject({
      observedGeneration: z.number().optional(),
      lastHandledReconcileAt: z.string().optional(),
      artifact: Artifact.optional(),
    })
    .default({}),
});

export type GitRepository = z.infer<typeof GitRepository>;
export type Artifact = z.infer<typeof Artifact>;

/** https://github.com/fluxcd/source-controller/blob/v1.7.3/api/v1/gitrepository_types.go */
export function parseGitRepository(object: KubeObject): GitRepository {
  return GitRepository.parse(object);
}
