import { z } from "zod";
import type { KubeObject } from "../../store.ts";

const Port = z.union([z.number(), z.string()]);
const Probe = z.looseObject({
  httpGet: z
    .looseObject({
      path: z.string().default("/"),
      port: Port,
      httpHeaders: z.array(z.looseObject({ name: z.string(), value: z.string() })).default([]),
    })
    .optional(),
  tcpSocket: z.looseObject({ port: Port }).optional(),
  initialDelaySeconds: z.number().default(0),
  periodSeconds: z.number().default(10),
  timeoutSeconds: z.number().default(1),
  failureThreshold: z.number().default(3),
  successThreshold: z.number().default(1),
});

const KeyRef = z.looseObject({ name: z.string().default(""), key: z.string(), optional: z.boolean().default(false) });
const NameRef = z.looseObject({ name: z.string().default(""), optional: z.boolean().default(false) });

const Container = z.looseObject({
  name: z.string(),
  image: z.string(),
  imagePullPolicy: z.string().optional(),
  /** Of init containers alone; `Always` makes a sidecar of one. */
  restartPolicy: z.string().optional(),
  terminationMessagePolicy: z.string().default("File"),
  command: z.array(z.string()).default([]),
  args: z.array(z.string()).default([]),
  workingDir: z.string().optional(),
  env: z
    .array(
      z.looseObject({
        name: z.string(),
        value: z.string().optional(),
        valueFrom: z
          .looseObject({
            configMapKeyRef: KeyRef.optional(),
            secretKeyRef: KeyRef.optional(),
            fieldRef: z.looseObject({ fieldPath: z.string() }).optional(),
          })
          .optional(),
      }),
    )
    .default([]),
  envFrom: z
    .array(
      z.looseObject({
        prefix: z.string().default(""),
        configMapRef: NameRef.optional(),
        secretRef: NameRef.optional(),
      }),
    )
    .default([]),
  ports: z.array(z.looseObject({ name: z.string().optional(), containerPort: z.number() })).default([]),
  lifecycle: z
    .looseObject({
      preStop: z.looseObject({ sleep: z.looseObject({ seconds: z.number() }).optional() }).optional(),
    })
    .optional(),
  readinessProbe: Probe.optional(),
  livenessProbe: Probe.optional(),
  startupProbe: Probe.optional(),
});

const Pod = z.looseObject({
  spec: z.looseObject({
    nodeName: z.string().optional(),
    serviceAccountName: z.string().default("default"),
    restartPolicy: z.string().default("Always"),
    terminationGracePeriodSeconds: z.number().default(30),
    imagePullSecrets: z.array(z.looseObject({ name: z.string().default("") })).default([]),
    initContainers: z.array(Container).default([]),
    containers: z.array(Container).default([]),
  }),
  status: z.looseObject({ phase: z.string().optional(), podIP: z.string().optional() }).default({}),
});

export type Pod = z.infer<typeof Pod>;
export type Container = z.infer<typeof Container>;
export type Probe = z.infer<typeof Probe>;

/** https://kubernetes.io/docs/concepts/workloads/pods/sidecar-containers/ */
export function isSidecar(container: Container): boolean {
  return container.restartPolicy === "Always";
}

export function parsePod(object: KubeObject): Pod {
  return Pod.parse(object);
}
