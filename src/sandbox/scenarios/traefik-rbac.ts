import type { Scenario } from "./scenario.ts";

export const traefikRbac: Scenario = {
  name: "traefik-rbac",
  title: "Traefik has lost its ClusterRole",
  description: "Traefik may no longer read Ingresses, and answers 404 for every host.",
  simulatedOnly: true,
  start: ({ cluster }) => cluster.simulated?.control.removeTraefikRole(),
  stop: ({ cluster }) => cluster.simulated?.control.restoreTraefikRole(),
};
