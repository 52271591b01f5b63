import { type Condition, withFluxCondition, withoutCondition } from "../runtime/conditions.ts";

/** A change of a GitRepository's conditions. Order and reasons as source-controller 1.7.3 writes them. */
export type SourceOutcome =
  /** `drift`: what is stored is not what is wanted, so it cannot be called ready. */
  | { state: "reconciling"; message: string; drift: boolean }
  | { state: "stored"; revision: string }
  | { state: "failed"; reason: string; message: string };

/**
 * https://github.com/fluxcd/source-controller/blob/v1.7.3/internal/controller/gitrepository_controller.go
 * (conditions), internal/reconcile/summarize (Ready).
 */
export function sourceConditions(
  conditions: readonly Condition[],
  outcome: SourceOutcome,
  generation: number | undefined,
  now: string,
): Condition[] {
  const at = { observedGeneration: generation };
  switch (outcome.state) {
    case "reconciling": {
      const reconciling = withFluxCondition(
        conditions,
        { type: "Reconciling", status: "True", reason: "Progressing", message: outcome.message, ...at },
        now,
      );
      const ready = conditions.find(({ type }) => type === "Ready");
      return ready && !outcome.drift
        ? reconciling
        : withFluxCondition(
            reconciling,
            { type: "Ready", status: "Unknown", reason: "Progressing", message: outcome.message, ...at },
            now,
          );
    }
    case "stored": {
      const message = `stored artifact for revision '${outcome.revision}'`;
      const settled = ["Reconciling", "FetchFailed", "Stalled"].reduce<Condition[]>(withoutCondition, [...conditions]);
      const ready = withFluxCondition(
        settled,
        { type: "Ready", status: "True", reason: "Succeeded", message, ...at },
        now,
      );
      return withFluxCondition(
        ready,
        { type: "ArtifactInStorage", status: "True", reason: "Succeeded", message, ...at },
        now,
      );
    }
    case "failed": {
      const { reason, message } = outcome;
      const ready = withFluxCondition(conditions, { type: "Ready", status: "False", reason, message, ...at }, now);
      const failed = withFluxCondition(ready, { type: "FetchFailed", status: "True", reason, message, ...at }, now);
      const reconciling = failed.find(({ type }) => type === "Reconciling");
      return withFluxCondition(
        failed,
        {
          type: "Reconciling",
          status: "True",
          reason: "ProgressingWithRetry",
          message: reconciling?.message ?? "reconciliation in progress",
          ...at,
        },
        now,
      );
    }
  }
}
