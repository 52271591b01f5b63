import { z } from "zod";
import type { KubeObject } from "../project/ports/cluster.ts";

/** What a controller said of an object, and how often. https://kubernetes.io/docs/reference/kubernetes-api/cluster-resources/event-v1/ */
export interface Event {
  /** The kind of object that it is about, and which one. */
  about: string;
  name: string;
  warning: boolean;
  reason: string;
  message: string;
  count: number;
  /** The last time. */
  at: Date | undefined;
}

const shape = z.object({
  involvedObject: z.object({ kind: z.string().default(""), name: z.string().default("") }).prefault({}),
  type: z.string().default("Normal"),
  reason: z.string().default(""),
  message: z.string().default(""),
  count: z.number().nullish(),
  series: z.object({ lastObservedTime: z.string().nullish() }).nullish(),
  lastTimestamp: z.string().nullish(),
  eventTime: z.string().nullish(),
});

export function eventOf(object: KubeObject): Event {
  const { involvedObject, type, reason, message, count, series, lastTimestamp, eventTime } = shape.parse(object);
  const at = series?.lastObservedTime ?? lastTimestamp ?? eventTime;
  return {
    about: involvedObject.kind,
    name: involvedObject.name,
    warning: type === "Warning",
    reason,
    message,
    count: count ?? 1,
    at: at ? new Date(at) : undefined,
  };
}
