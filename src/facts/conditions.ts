import { z } from "zod";

/** An object's condition, as its controller said it last. */
export interface Condition {
  status: "True" | "False" | "Unknown";
  reason: string;
  message: string;
  /** Last change of its status. */
  since: Date | undefined;
  /** The controller has not yet looked at the newest spec: what the condition says is about an older one. */
  stale: boolean;
}

/** By type: https://github.com/kubernetes/community/blob/master/contributors/devel/sig-architecture/api-conventions.md#typical-status-properties */
export type Conditions = Readonly<Record<string, Condition>>;

const shape = z.object({
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

/** Of an object's `status`, read against the generation of its spec. */
export function conditionsOf(status: unknown, generation: number): Conditions {
  const { conditions, observedGeneration } = shape.parse(status ?? {});
  return Object.fromEntries(
    conditions.map((each) => {
      const observed = each.observedGeneration ?? observedGeneration;
      return [
        each.type,
        {
          status: each.status,
          reason: each.reason,
          message: each.message,
          since: each.lastTransitionTime === undefined ? undefined : new Date(each.lastTransitionTime),
          stale: observed !== undefined && observed < generation,
        },
      ];
    }),
  );
}
