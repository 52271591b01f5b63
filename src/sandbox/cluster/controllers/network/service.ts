import { z } from "zod";
import type { KubeObject } from "../../store.ts";

const Port = z.looseObject({
  name: z.string().optional(),
  port: z.number(),
  protocol: z.string().default("TCP"),
  targetPort: z.union([z.number(), z.string()]).optional(),
  nodePort: z.number().optional(),
});
const Service = z.looseObject({
  spec: z.looseObject({
    type: z.string().default("ClusterIP"),
    selector: z.record(z.string(), z.string()).optional(),
    ports: z.array(Port).default([]),
  }),
});

export type Service = z.infer<typeof Service>;
export type ServicePort = z.infer<typeof Port>;

export function parseService(object: KubeObject): Service {
  return Service.parse(object);
}
