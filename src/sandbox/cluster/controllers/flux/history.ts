import { z } from "zod";
import type { KubeObject } from "../../store.ts";
import type { Cluster } from "../runtime/cluster.ts";
import { refOf } from "../runtime/key.ts";
import { timestamp } from "../runtime/timestamp.ts";
import { writeStatus } from "../runtime/write-status.ts";

const Status = z.looseObject({
  history: z
    .array(
      z.looseObject({
        digest: z.string(),
        firstReconciled: z.string(),
        lastReconciledStatus: z.string(),
        totalReconciliations: z.number(),
      }),
    )
    .default([]),
});

/** Newest first, five at most: https://github.com/fluxcd/pkg/blob/apis/meta/v1.22.0/apis/meta/history_types.go */
const KEPT = 5;

/** Notes one reconciliation in the Kustomization's history, by the digest of what was built and how it ended. */
export function addHistory(
  { store, world }: Cluster,
  object: KubeObject,
  entry: { digest: string; reason: string; revision: string; elapsed: string },
): void {
  const current = store.get(refOf(object));
  const status = Status.safeParse(current?.status ?? {});
  if (!current || !status.success) {
    return;
  }
  const now = timestamp(world.clock.now());
  const same = status.data.history.find(
    ({ digest, lastReconciledStatus }) => digest === entry.digest && lastReconciledStatus === entry.reason,
  );
  const next = {
    digest: entry.digest,
    firstReconciled: same?.firstReconciled ?? now,
    lastReconciled: now,
    lastReconciledDuration: entry.elapsed,
    lastReconciledStatus: entry.reason,
    metadata: { revision: entry.revision },
    totalReconciliations: (same?.totalReconciliations ?? 0) + 1,
  };
  const others = status.data.history.filter((other) => other !== same);
  writeStatus(store, current, { ...status.data, history: [next, ...others].slice(0, KEPT) });
}
