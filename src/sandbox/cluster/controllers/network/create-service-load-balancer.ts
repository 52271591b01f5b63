import type { Cluster } from "../runtime/cluster.ts";
import type { Controller } from "../runtime/controller.ts";
import { keyOf, splitKey } from "../runtime/key.ts";
import { writeStatus } from "../runtime/write-status.ts";
import { parseService } from "./service.ts";

/** k3s's servicelb: a Service of type LoadBalancer has the node's address. https://docs.k3s.io/networking/networking-services#service-load-balancer */
export function createServiceLoadBalancer({ store }: Cluster, address: string): Controller {
  return {
    name: "servicelb",
    keysOf: ({ object, type }) => (object.kind === "Service" && type !== "DELETED" ? [keyOf(object)] : []),
    reconcile: (key) => {
      const service = store.get({ apiVersion: "v1", kind: "Service", ...splitKey(key) });
      if (!service || service.metadata.deletionTimestamp) {
        return undefined;
      }
      // A port of the node has one owner: whoever came first; Traefik has 80 and 443.
      const { type, ports } = parseService(service).spec;
      const taken = store
        .list("v1", "Service")
        .filter(
          (other) => other.metadata.uid !== service.metadata.uid && parseService(other).spec.type === "LoadBalancer",
        )
        .filter((other) => (other.metadata.creationTimestamp ?? "") <= (service.metadata.creationTimestamp ?? ""))
        .flatMap((other) => parseService(other).spec.ports.map(({ port }) => port));
      const free = ports.every(({ port }) => !taken.includes(port));
      const ingress = type === "LoadBalancer" && free ? { ingress: [{ ip: address, ipMode: "VIP" }] } : {};
      writeStatus(store, service, { loadBalancer: ingress });
      return undefined;
    },
  };
}
