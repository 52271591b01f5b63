import type { Mask } from "./only.ts";

/** Of a container: what it is, where it listens, how it is judged, what it may use. Not its environment: that is the team's. */
const container = {
  name: true,
  image: true,
  restartPolicy: true,
  ports: true,
  startupProbe: true,
  readinessProbe: true,
  livenessProbe: true,
  resources: true,
} as const;

/** What every kind that starts pods is kept of; a status is whole. */
export const workloadMask = {
  spec: {
    replicas: true,
    paused: true,
    updateStrategy: true,
    ordinals: true,
    completions: true,
    suspend: true,
    selector: true,
    template: { spec: { containers: container, initContainers: container } },
  },
  status: true,
} as const satisfies Mask;
