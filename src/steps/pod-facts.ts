import { z } from "zod";
import type { KubeObject } from "../project/ports/cluster.ts";

const facts = z.object({
  metadata: z.object({
    name: z.string(),
    namespace: z.string(),
    uid: z.string().optional(),
    deletionTimestamp: z.string().optional(),
    creationTimestamp: z.string().optional(),
  }),
  spec: z.object({ containers: z.array(z.object({ name: z.string(), image: z.string() })).default([]) }).prefault({}),
  status: z.object({
    containerStatuses: z
      .array(
        z.object({
          name: z.string(),
          image: z.string(),
          ready: z.boolean().default(false),
          restartCount: z.number().default(0),
          state: z
            .object({
              waiting: z.object({ reason: z.string().default(""), message: z.string().default("") }).optional(),
            })
            .default({}),
          lastState: z
            .object({
              terminated: z
                .object({ exitCode: z.number(), reason: z.string().default(""), message: z.string().default("") })
                .optional(),
            })
            .default({}),
        }),
      )
      .default([]),
  }),
});

export type PodFacts = z.output<typeof facts>;
export type ContainerFacts = PodFacts["status"]["containerStatuses"][number] & { wanted: string };

/** What steps ask of a pod that is to stay: each container with the image it is to run. Undefined: it is on its way out, or tells nothing yet. */
export function podFacts(object: KubeObject): { pod: PodFacts; containers: ContainerFacts[] } | undefined {
  const parsed = facts.safeParse(object);
  if (!parsed.success || parsed.data.metadata.deletionTimestamp !== undefined) return undefined;
  const pod = parsed.data;
  // The status's own `image` may be another tag of the same image, as a commit that changes nothing in it makes.
  const imageOf = (name: string) => pod.spec.containers.find((each) => each.name === name)?.image;
  return {
    pod,
    containers: pod.status.containerStatuses.map((each) => ({ ...each, wanted: imageOf(each.name) ?? each.image })),
  };
}
