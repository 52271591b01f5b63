import { z } from "zod";

const text = z.string();

/** Of which container a finding is. A version before named none, or called the workload `deployment`. */
export const container = {
  workload: text.optional(),
  deployment: text.optional(),
  kind: text.optional(),
  namespace: text.optional(),
  pod: text.optional(),
  container: text,
  /** `beside`: it is not the application, and no sidecar by Kubernetes' own word. */
  role: z.enum(["app", "beside", "sidecar", "init"]).optional(),
  image: text.default(""),
  restarts: z.number().default(0),
  /** Other pods of the workload that are ready. */
  others: z.number().optional(),
};
