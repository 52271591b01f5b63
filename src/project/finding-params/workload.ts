import { z } from "zod";
import { container } from "./container.ts";

const text = z.string();
const some = z.number().optional();
const crash = z.object({ ...container, exitCode: z.number().default(-1) });
/** A version before called it `deployment`. */
const workloadHere = { workload: text.optional(), deployment: text.optional(), namespace: text.optional() };
/** Who wrote the field, where that is known: facts/holder-of.ts. */
const holder = z.enum(["unread", "nobody", "flux", "autoscaler", "other"]).catch("unread");

export const workload = {
  "pod-crashloop": crash,
  "pod-init-failed": crash,
  "pod-oom": crash,
  "pod-config-missing": z.object(container),
  /** `unready`: containers that run and are not ready. */
  "rollout-stuck": z.object({
    ...workloadHere,
    ready: z.number().optional(),
    wanted: z.number().optional(),
    unready: text.default(""),
  }),
  "rollout-paused": z.object({ workload: text, namespace: text, whose: holder, by: text.default("") }),
  /** `reason`: of the Job's condition Failed. */
  "job-failed": z.object({ workload: text, namespace: text, reason: text }),
  "cron-job-failed": z.object({ workload: text, namespace: text, reason: text, cronJob: text }),
  /** Nodes by what they lack; `unnamed`: in the scheduler's own words. */
  "pod-unschedulable": z.object({
    ...{ workload: text, kind: text, namespace: text, pod: text, others: z.number().optional() },
    ...{ nodes: z.number(), memory: some, cpu: some, disk: some, pods: some, taint: some, cordoned: some, ports: some },
    ...{ spread: some, neighbours: some, volume: some, selector: some },
    taints: text.default(""),
    unnamed: text.default(""),
  }),
  "pod-refused": z.object({ ...workloadHere, kind: text.optional() }),
  "quota-exceeded": z.object({
    ...workloadHere,
    kind: text.optional(),
    method: text.optional(),
    path: text.optional(),
    code: z.number().optional(),
  }),
  /** `project`: that the Project says so. */
  "scaled-to-zero": z.object({
    workload: text,
    kind: text,
    namespace: text,
    environment: text.default("It"),
    project: text.optional(),
    whose: holder,
    by: text.default(""),
  }),
  "replicas-overruled": z.object({
    environment: text,
    workload: text,
    wanted: z.number(),
    kind: text.optional(),
    namespace: text.optional(),
    count: z.number().optional(),
    by: text.default(""),
    whose: z.enum(["unread", "unsigned", "overlay", "autoscaler", "hand", "nobody"]).catch("unread"),
  }),
};
