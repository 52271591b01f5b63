import { z } from "zod";
import type { KubeObject } from "./ports/cluster.ts";

const conditions = z.object({
  observedGeneration: z.number().optional(),
  conditions: z
    .array(
      z.object({
        type: z.string(),
        status: z.enum(["True", "False", "Unknown"]),
        reason: z.string().default(""),
        message: z.string().default(""),
        lastTransitionTime: z.string().optional(),
        observedGeneration: z.number().optional(),
      }),
    )
    .default([]),
});

export interface ConditionFacts {
  status: "True" | "False" | "Unknown";
  reason: string;
  message: string;
  since: Date | undefined;
  /** The controller has not yet looked at the newest spec: what the condition says is about an older one. */
  stale: boolean;
}

/** An object's condition of that type, or undefined where there is none (yet). */
export function conditionOf(object: KubeObject | undefined, type: string): ConditionFacts | undefined {
  const parsed = conditions.safeParse(object?.status ?? {});
  const found = parsed.success ? parsed.data.conditions.find((each) => each.type === type) : undefined;
  if (!found || !parsed.success) return undefined;
  const observed = found.observedGeneration ?? parsed.data.observedGeneration;
  return {
    status: found.status,
    reason: found.reason,
    message: found.message,
    since: found.lastTransitionTime === undefined ? undefined : new Date(found.lastTransitionTime),
    stale: observed !== undefined && observed < (object?.metadata.generation ?? 0),
  };
}
