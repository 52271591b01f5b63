import type { KubeObject, ObjectKey } from "../../store.ts";
import type { Cluster } from "../runtime/cluster.ts";
import { type Condition, conditionsOf, withCondition } from "../runtime/conditions.ts";
import { refOf } from "../runtime/key.ts";
import { recordEvent } from "../runtime/record-event.ts";
import { timestamp } from "../runtime/timestamp.ts";
import { writeStatus } from "../runtime/write-status.ts";

/** Writing the statuses of cert-manager's objects, whichever of the chain they are. */
export interface Chain {
  condition(object: KubeObject, condition: Omit<Condition, "lastTransitionTime">): void;
  status(object: KubeObject, fields: Record<string, unknown>): void;
  tell(object: KubeObject, component: string, reason: string, message: string, type?: "Warning"): void;
}

export function createChain(cluster: Cluster): Chain {
  const { store, world } = cluster;
  const current = (key: ObjectKey) => store.get(key);
  const change = (object: KubeObject, next: (found: KubeObject) => Record<string, unknown>) => {
    const found = current(refOf(object));
    if (found) {
      const status: unknown = found.status;
      writeStatus(store, found, { ...(typeof status === "object" && status !== null ? status : {}), ...next(found) });
    }
  };
  return {
    condition: (object, condition) =>
      change(object, (found) => ({
        conditions: withCondition(conditionsOf(found), condition, timestamp(world.clock.now())),
      })),
    status: (object, fields) => change(object, () => fields),
    tell: (object, component, reason, message, type) => {
      if (current(refOf(object))) {
        recordEvent(cluster, object, { type: type ?? "Normal", reason, message, component });
      }
    },
  };
}
