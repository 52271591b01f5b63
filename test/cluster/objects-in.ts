import { z } from "zod";
import type { Testbed } from "./testbed.ts";

/** Made by the cluster itself all the time, and gone by themselves. */
const PASSING = ["events", "events.events.k8s.io", "leases.coordination.k8s.io"];
const list = z.object({
  items: z.array(
    z.looseObject({
      kind: z.string(),
      metadata: z.object({ name: z.string(), uid: z.string(), deletionTimestamp: z.string().optional() }),
      spec: z.unknown().optional(),
      data: z.unknown().optional(),
    }),
  ),
});

/** Every object of a namespace that is not on its way out: by name its uid and what it asks for or holds, and nothing of how it fares. */
export async function objectsIn(at: Testbed, namespace: string) {
  const kinds = (await at.kubectl("api-resources", "--namespaced", "--verbs=list", "-o", "name"))
    .split("\n")
    .filter((kind) => kind !== "" && !PASSING.includes(kind));
  const { items } = list.parse(JSON.parse(await at.kubectl("-n", namespace, "get", kinds.join(","), "-o", "json")));
  return Object.fromEntries(
    items
      .filter(({ metadata }) => metadata.deletionTimestamp === undefined)
      .map(({ kind, metadata: { name, uid }, spec, data }) => [`${kind} ${name}`, { uid, spec, data }]),
  );
}
