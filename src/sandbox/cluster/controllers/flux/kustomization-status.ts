import type { KubeObject } from "../../store.ts";
import type { Cluster } from "../runtime/cluster.ts";
import { type Condition, conditionsOf, withFluxCondition, withoutCondition } from "../runtime/conditions.ts";
import { refOf } from "../runtime/key.ts";
import { timestamp } from "../runtime/timestamp.ts";
import { writeStatus } from "../runtime/write-status.ts";

export interface KustomizationStatus {
  /** A step has begun. */
  progress(message: string, fields?: Record<string, unknown>): void;
  set(condition: Omit<Condition, "observedGeneration" | "lastTransitionTime">): void;
  drop(type: string): void;
  write(fields?: Record<string, unknown>): void;
  /** True while the object is still there, the same one. */
  readonly alive: boolean;
}

/** Writes one Kustomization's status. https://github.com/fluxcd/kustomize-controller/blob/v1.7.3/internal/controller/kustomization_controller.go */
export function kustomizationStatus({ store, world }: Cluster, object: KubeObject): KustomizationStatus {
  const current = () => {
    const found = store.get(refOf(object));
    return found?.metadata.uid === object.metadata.uid ? found : undefined;
  };
  const change = (
    conditions: (before: Condition[], now: string) => Condition[],
    fields: Record<string, unknown> = {},
  ) => {
    const found = current();
    if (!found) {
      return;
    }
    const status: unknown = found.status;
    writeStatus(store, found, {
      observedGeneration: -1,
      ...(typeof status === "object" && status !== null ? status : {}),
      ...fields,
      conditions: conditions(conditionsOf(found), timestamp(world.clock.now())),
    });
  };
  const at = { observedGeneration: object.metadata.generation };
  return {
    progress: (message, fields) =>
      change(
        (before, now) =>
          withFluxCondition(
            before,
            { type: "Reconciling", status: "True", reason: "Progressing", message, ...at },
            now,
          ),
        fields,
      ),
    set: (condition) => change((before, now) => withFluxCondition(before, { ...condition, ...at }, now)),
    drop: (type) => change((before) => withoutCondition(before, type)),
    write: (fields) => change((before) => before, fields),
    get alive() {
      return current() !== undefined;
    },
  };
}
