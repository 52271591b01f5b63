import type { EnvironmentFacts } from "./environment-facts.ts";
import type { Backend } from "./ingress.ts";
import type { Service } from "./service.ts";
import type { Workload } from "./workload.ts";

/** Where a Service sends what comes to one of its ports, and which ports the containers there say they have. */
export interface WayToPods {
  service: Service;
  /** On the pods: a number, or the name of a container's port. */
  target: number | string;
  /** In the order of the containers; empty where none names any, which says nothing about what they listen on. */
  declared: Workload["containers"][number]["ports"];
}

/** Undefined where it cannot be told: it could not be read, leads to nothing that stands, or its pods are being replaced. */
export function wayToPods(
  { services, workloads }: Pick<EnvironmentFacts, "services" | "workloads">,
  backend: Backend,
): WayToPods | undefined {
  if (!services.known || !workloads.known) return undefined;
  const service = services.value.find(({ name }) => name === backend.service);
  const port = service?.ports.find((each) => each.port === backend.port || each.name === backend.port);
  if (!service || !port) return undefined;
  const selected = workloads.value.filter(({ pods }) => pods.some((pod) => selects(service, pod)));
  if (selected.length === 0 || selected.some(({ pods }) => pods.some(({ current }) => !current))) return undefined;
  const containers = selected.flatMap((workload) => workload.containers).filter(({ role }) => role !== "init");
  return { service, target: port.targetPort, declared: containers.flatMap(({ ports }) => ports) };
}

/** https://kubernetes.io/docs/concepts/services-networking/service/#services-without-selectors */
function selects({ selector }: Service, { labels }: Pick<Workload, "labels">): boolean {
  const wanted = Object.entries(selector);
  return wanted.length > 0 && wanted.every(([key, value]) => labels[key] === value);
}
