import { z } from "zod";
import type { KubeObject } from "../project/ports/cluster.ts";
import type { Kind } from "./kinds.ts";

const object = z.looseObject({
  apiVersion: z.string(),
  kind: z.string(),
  metadata: z.looseObject({ name: z.string() }),
});

/** Annotations that kubectl and Flux keep whole manifests in. */
const BULKY = ["kubectl.kubernetes.io/last-applied-configuration"];

/** What is kept of an object on arrival: a thousand projects' managed fields are most of their memory. */
export function trim(kind: Kind, raw: unknown): KubeObject {
  const { metadata, ...rest } = object.parse(raw);
  const { managedFields: _, ...kept } = metadata;
  // The schema above proved the three fields that KubeObject asks for; the rest is read through zod where it is used.
  const whole = { ...rest, metadata: kept } as KubeObject;
  if (whole.metadata.annotations) for (const name of BULKY) delete whole.metadata.annotations[name];
  return kind === "Pod" ? trimPod(whole) : whole;
}

/** Of a pod's spec its containers' names, images and probes are read, and where it runs. */
function trimPod(pod: KubeObject): KubeObject {
  const spec = z
    .looseObject({ containers: z.array(z.unknown()).default([]), nodeName: z.string().optional() })
    .safeParse(pod.spec);
  return spec.success ? { ...pod, spec: { containers: spec.data.containers, nodeName: spec.data.nodeName } } : pod;
}
