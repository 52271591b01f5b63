import type { ClusterStore } from "../../create-store.ts";
import { conditionOf } from "../runtime/conditions.ts";
import { selectedPods } from "./selected-pods.ts";
import { parseService } from "./service.ts";

/** TCP ports of the node behind which somebody answers: nodePorts, and the ports of load balancers. */
export function nodePorts(store: ClusterStore): number[] {
  return store.list("v1", "Service").flatMap((service) => {
    const { type, ports } = parseService(service).spec;
    if (type !== "LoadBalancer" && type !== "NodePort") {
      return [];
    }
    const answered = selectedPods(store, service).some(({ object }) => conditionOf(object, "Ready")?.status === "True");
    return answered
      ? ports.flatMap(({ port, nodePort }) => [
          ...(type === "LoadBalancer" ? [port] : []),
          ...(nodePort ? [nodePort] : []),
        ])
      : [];
  });
}
