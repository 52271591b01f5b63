import type { ObjectKey } from "../../store.ts";
import type { Cluster } from "../runtime/cluster.ts";
import { healthStatus } from "./health-status.ts";
import { formatKey } from "./inventory.ts";

/** kustomize-controller polls each 5 s: https://github.com/fluxcd/kustomize-controller/blob/v1.7.3/internal/controller/kustomization_controller.go (checkHealth) */
const POLL_MILLISECONDS = 5_000;

/**
 * Waits until every object has come to rest; gives the failure otherwise.
 * Words of https://github.com/fluxcd/pkg/blob/ssa/v0.60.0/ssa/manager_wait.go
 */
export async function waitForHealth(
  { store, world, signal }: Cluster,
  keys: readonly ObjectKey[],
  timeout: number,
): Promise<string | undefined> {
  for (let waited = 0; ; ) {
    const statuses = keys.map((key) => ({ key, status: healthStatus(store.get(key)) }));
    if (statuses.every(({ status }) => status === "Current")) {
      return undefined;
    }
    const failed = statuses.filter(({ status }) => status === "Failed");
    const settled = statuses.every(({ status }) => status === "Current" || status === "Failed");
    if (failed.length > 0 && settled) {
      return `failed early due to stalled resources: [${failed.map(describe).join(", ")}]`;
    }
    if (waited >= timeout) {
      return `timeout waiting for: [${statuses
        .filter(({ status }) => status !== "Current")
        .map(describe)
        .join(", ")}]`;
    }
    const step = Math.min(POLL_MILLISECONDS, timeout - waited);
    await world.clock.sleep(step, signal);
    waited += step;
  }
}

const describe = ({ key, status }: { key: ObjectKey; status: string }) => `${formatKey(key)} status: '${status}'`;
