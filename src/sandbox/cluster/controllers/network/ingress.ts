import { z } from "zod";
import type { KubeObject } from "../../store.ts";

const Backend = z.looseObject({
  service: z
    .looseObject({
      name: z.string(),
      port: z.looseObject({ name: z.string().optional(), number: z.number().optional() }).default({}),
    })
    .optional(),
});
const Ingress = z.looseObject({
  spec: z.looseObject({
    ingressClassName: z.string().optional(),
    tls: z
      .array(z.looseObject({ hosts: z.array(z.string()).default([]), secretName: z.string().optional() }))
      .default([]),
    defaultBackend: Backend.optional(),
    rules: z
      .array(
        z.looseObject({
          host: z.string().optional(),
          http: z
            .looseObject({
              paths: z.array(
                z.looseObject({
                  path: z.string().default("/"),
                  pathType: z.string().default("Prefix"),
                  backend: Backend,
                }),
              ),
            })
            .optional(),
        }),
      )
      .default([]),
  }),
});

export type Ingress = z.infer<typeof Ingress>;
export type IngressBackend = z.infer<typeof Backend>;

export function parseIngress(object: KubeObject): Ingress {
  return Ingress.parse(object);
}
