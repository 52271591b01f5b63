import { createHash } from "node:crypto";
import { z } from "zod";

/** A pod template as a Deployment and a ReplicaSet carry it; only what controllers read is named. */
export const PodTemplate = z.looseObject({
  metadata: z
    .looseObject({
      labels: z.record(z.string(), z.string()).default({}),
      annotations: z.record(z.string(), z.string()).optional(),
    })
    .default({ labels: {} }),
  spec: z
    .looseObject({
      serviceAccountName: z.string().optional(),
      nodeSelector: z.record(z.string(), z.string()).optional(),
      restartPolicy: z.string().optional(),
    })
    .default({}),
});
export type PodTemplate = z.infer<typeof PodTemplate>;

/** Letters that make no words: https://github.com/kubernetes/apimachinery/blob/v0.34.4/pkg/util/rand/rand.go */
export const SAFE_LETTERS = "bcdfghjklmnpqrstvwxz2456789";

/** What the real controller computes with FNV over a dump of the struct; here the same for the same template. */
export function templateHash(template: PodTemplate): string {
  const digest = createHash("sha256").update(stable(template)).digest().readUInt32BE(0);
  return [...String(digest)].map((letter) => SAFE_LETTERS.charAt(letter.charCodeAt(0) % SAFE_LETTERS.length)).join("");
}

/** JSON with sorted keys, so that the order in which fields were written does not matter. */
export function stable(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    typeof inner === "object" && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}
