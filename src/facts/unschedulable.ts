import type { Pod } from "./pod.ts";
import { steadyText } from "./steady-text.ts";

/** What nodes lack, or rule out, of those that the scheduler has looked at. */
export type Lack = (typeof LACKS)[number][0];

export interface Unschedulable {
  /** In the scheduler's words, without what it says of preemption. */
  said: string;
  since: Date | undefined;
  /** That it has looked at. */
  nodes: number;
  /** By what they lack, how many nodes; one may lack several things. */
  lacks: Partial<Record<Lack, number>>;
  /** That the pod does not tolerate, where they are named. */
  taints: string[];
  /** What has no name here, in its words with its count. */
  others: string[];
}

/** Of each plugin's reasons. https://github.com/kubernetes/kubernetes/tree/v1.34.4/pkg/scheduler/framework/plugins */
const LACKS = [
  ["memory", /^Insufficient memory$/],
  ["cpu", /^Insufficient cpu$/],
  ["disk", /^Insufficient ephemeral-storage$/],
  ["pods", /^Too many pods$/],
  ["taint", /had untolerated taint/],
  ["cordoned", /were unschedulable$/],
  ["ports", /didn't have free ports/],
  ["spread", /topology spread constraints/],
  ["neighbours", /pod affinity|anti-affinity/],
  ["volume", /volume/i],
  ["selector", /node affinity|requested node name/],
] as const;

/** What follows is about making room. https://github.com/kubernetes/kubernetes/blob/v1.34.4/pkg/scheduler/framework/types.go */
const PREEMPTION = /\.+ (?:no new claims to deallocate|still not schedulable|preemption:)/;

/**
 * Undefined: it has a node, nobody has looked for one yet, it is held back on purpose, or others are being evicted to make
 * room for it. https://kubernetes.io/docs/concepts/scheduling-eviction/pod-priority-preemption/
 */
export function unschedulable({ node, nominated, conditions }: Pod): Unschedulable | undefined {
  const scheduled = conditions.PodScheduled;
  if (node !== undefined || nominated !== undefined || scheduled?.status !== "False" || scheduled.stale)
    return undefined;
  if (scheduled.reason !== "Unschedulable") return undefined;
  const said = (scheduled.message.split(PREEMPTION, 1)[0] ?? "").replace(/\.+$/, "");
  const [, nodes, reasons = ""] = /^0\/(\d+) nodes are available: (.*)$/s.exec(said) ?? [];
  const found: Unschedulable = {
    said: steadyText(said),
    since: scheduled.since,
    nodes: Number(nodes ?? 0),
    lacks: {},
    taints: [],
    others: [],
  };
  for (const each of reasons === "" ? [] : reasons.split(/, (?=\d+ )/)) count(each, found);
  return found;
}

/** What forbids every node alike has no number. */
function count(reason: string, { nodes, lacks, taints, others }: Unschedulable): void {
  const [, number, what] = /^(\d+) (.*)$/s.exec(reason) ?? [undefined, String(nodes), reason];
  const lack = LACKS.find(([, shape]) => shape.test(what ?? ""))?.[0];
  if (lack === undefined) others.push(reason);
  else lacks[lack] = (lacks[lack] ?? 0) + Number(number);
  const taint = lack === "taint" && /\{(.*)\}/.exec(what ?? "")?.[1]?.replace(/: *$/, "");
  if (taint && !taints.includes(taint)) taints.push(taint);
}
