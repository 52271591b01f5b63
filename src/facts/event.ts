import { z } from "zod";
import type { KubeObject } from "../project/ports/cluster.ts";

/** What a controller said of an object, and how often. https://kubernetes.io/docs/reference/kubernetes-api/cluster-resources/event-v1/ */
export interface Event {
  /** The kind of object that it is about. */
  about: string;
  warning: boolean;
  reason: string;
  count: number;
}

const shape = z.object({
  involvedObject: z.object({ kind: z.string().default("") }).prefault({}),
  type: z.string().default("Normal"),
  reason: z.string().default(""),
  count: z.number().nullish(),
});

export function eventOf(object: KubeObject): Event {
  const { involvedObject, type, reason, count } = shape.parse(object);
  return { about: involvedObject.kind, warning: type === "Warning", reason, count: count ?? 1 };
}
