import { isDeepStrictEqual } from "node:util";
import type { KubeObject } from "../../store.ts";
import type { Cluster } from "../runtime/cluster.ts";
import type { Controller } from "../runtime/controller.ts";
import { keyOf, refOf, splitKey } from "../runtime/key.ts";
import { ownerReference } from "../workloads/deployment.ts";
import { SAFE_LETTERS } from "../workloads/pod-template.ts";
import { type SelectedPod, selectedPods, targetPort } from "./selected-pods.ts";
import { parseService } from "./service.ts";

const SERVICE_NAME = "kubernetes.io/service-name";

/** EndpointSlices and Endpoints of Services. https://github.com/kubernetes/kubernetes/tree/v1.34.4/pkg/controller/endpointslice */
export function createEndpointsController(cluster: Cluster, nodeName: string): Controller {
  const { store, world } = cluster;
  return {
    name: "endpointslice-controller",
    keysOf: ({ object }) => {
      if (object.kind === "Service") {
        return [keyOf(object)];
      }
      if (object.kind !== "Pod") {
        return [];
      }
      const labels = object.metadata.labels ?? {};
      return store
        .list("v1", "Service", { namespace: object.metadata.namespace })
        .filter((service) => {
          const selector = Object.entries(parseService(service).spec.selector ?? {});
          return selector.length > 0 && selector.every(([key, value]) => labels[key] === value);
        })
        .map(keyOf);
    },
    reconcile: (key) => {
      const service = store.get({ apiVersion: "v1", kind: "Service", ...splitKey(key) });
      const { namespace, name } = splitKey(key);
      if (!service || service.metadata.deletionTimestamp) {
        const endpoints = { apiVersion: "v1", kind: "Endpoints", namespace, name };
        if (!service && store.get(endpoints)) {
          store.delete(endpoints);
        }
        return undefined;
      }
      if (parseService(service).spec.selector !== undefined) {
        const pods = selectedPods(store, service);
        writeSlice(service, pods);
        writeEndpoints(service, pods);
      }
      return undefined;
    },
  };

  function writeSlice(service: KubeObject, pods: readonly SelectedPod[]): void {
    const { namespace, name, labels } = service.metadata;
    const existing = store
      .list("discovery.k8s.io/v1", "EndpointSlice", { namespace, labels: { [SERVICE_NAME]: name } })
      .at(0);
    const content = {
      endpoints: pods.map(({ object, ip, ready }) => ({
        addresses: [ip],
        conditions: { ready, serving: ready, terminating: false },
        nodeName,
        targetRef: targetRef(object),
      })),
      ports: portsOf(service, pods),
    };
    if (!existing) {
      store.create({
        apiVersion: "discovery.k8s.io/v1",
        kind: "EndpointSlice",
        metadata: {
          name: `${name}-${world.random.text(5, SAFE_LETTERS)}`,
          generateName: `${name}-`,
          namespace,
          labels: {
            ...labels,
            "endpointslice.kubernetes.io/managed-by": "endpointslice-controller.k8s.io",
            [SERVICE_NAME]: name,
          },
          ownerReferences: [ownerReference(service)],
        },
        addressType: "IPv4",
        ...content,
      });
    } else if (!isDeepStrictEqual([existing.endpoints, existing.ports], [content.endpoints, content.ports])) {
      store.mergePatch(refOf(existing), content);
    }
  }

  function writeEndpoints(service: KubeObject, pods: readonly SelectedPod[]): void {
    const { namespace, name, labels } = service.metadata;
    const addresses = (ready: boolean) =>
      pods
        .filter((pod) => pod.ready === ready)
        .map(({ object, ip }) => ({ ip, nodeName, targetRef: targetRef(object) }));
    const ready = addresses(true);
    const notReady = addresses(false);
    const subsets =
      pods.length === 0
        ? undefined
        : [
            {
              ...(ready.length > 0 ? { addresses: ready } : {}),
              ...(notReady.length > 0 ? { notReadyAddresses: notReady } : {}),
              ports: portsOf(service, pods),
            },
          ];
    const existing = store.get({ apiVersion: "v1", kind: "Endpoints", namespace, name });
    if (!existing) {
      store.create({
        apiVersion: "v1",
        kind: "Endpoints",
        metadata: {
          name,
          namespace,
          labels: { ...labels, "endpoints.kubernetes.io/managed-by": "endpoint-controller" },
        },
        ...(subsets === undefined ? {} : { subsets }),
      });
    } else if (!isDeepStrictEqual(existing.subsets, subsets)) {
      store.mergePatch(refOf(existing), { subsets: subsets ?? null });
    }
  }
}

function targetRef({ metadata }: KubeObject) {
  return { kind: "Pod", name: metadata.name, namespace: metadata.namespace, uid: metadata.uid };
}

function portsOf(service: KubeObject, pods: readonly SelectedPod[]) {
  const { ports } = parseService(service).spec;
  return ports.flatMap((port) => {
    const number = pods[0] === undefined ? undefined : targetPort(pods[0].object, port);
    return number === undefined
      ? []
      : [{ ...(port.name === undefined ? {} : { name: port.name }), port: number, protocol: port.protocol }];
  });
}
