import type { KubeObject } from "../../store.ts";

export interface Condition {
  type: string;
  status: "True" | "False" | "Unknown";
  reason: string;
  message: string;
  lastTransitionTime?: string;
  observedGeneration?: number;
}

/** The conditions in an object's status; anything that is none is passed over. */
export function conditionsOf(object: KubeObject | undefined): Condition[] {
  const status: unknown = object?.status;
  if (typeof status !== "object" || status === null || !("conditions" in status) || !Array.isArray(status.conditions)) {
    return [];
  }
  return status.conditions.filter(
    (condition: unknown): condition is Condition =>
      typeof condition === "object" && condition !== null && "type" in condition && "status" in condition,
  );
}

export function conditionOf(object: KubeObject | undefined, type: string): Condition | undefined {
  return conditionsOf(object).find((condition) => condition.type === type);
}

/** `conditions` with `next` in place; the time of transition is kept while the status stays the same. */
export function withCondition(conditions: readonly Condition[], next: Condition, now: string): Condition[] {
  const before = conditions.find((condition) => condition.type === next.type);
  const lastTransitionTime = before?.status === next.status ? (before.lastTransitionTime ?? now) : now;
  const placed = { lastTransitionTime, ...next };
  return before ? conditions.map((condition) => (condition === before ? placed : condition)) : [...conditions, placed];
}

/**
 * The same by Flux's rules: any change counts as a transition; Stalled, Reconciling and Ready come first, the rest by name.
 * https://github.com/fluxcd/pkg/blob/runtime/v0.91.0/runtime/conditions/setter.go
 */
export function withFluxCondition(conditions: readonly Condition[], next: Condition, now: string): Condition[] {
  const before = conditions.find(({ type }) => type === next.type);
  const same = before?.status === next.status && before.reason === next.reason && before.message === next.message;
  const placed = { ...next, lastTransitionTime: same ? (before.lastTransitionTime ?? now) : now };
  const rank = ({ type }: Condition) => {
    const at = ["Stalled", "Reconciling", "Ready"].indexOf(type);
    return at < 0 ? 3 : at;
  };
  return [...conditions.filter(({ type }) => type !== next.type), placed].sort(
    (a, b) => rank(a) - rank(b) || a.type.localeCompare(b.type),
  );
}

export function withoutCondition(conditions: readonly Condition[], type: string): Condition[] {
  return conditions.filter((condition) => condition.type !== type);
}
