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
        writeSlices(service, pods);
        writeEndpoints(service, pods);
      }
      return undefined;
    },
  };

  /** One for pods that mean the same numbers by the Service's ports; one without endpoints where there are none. */
  function writeSlices(service: KubeObject, pods: readonly SelectedPod[]): void {
    const { namespace, name, labels } = service.metadata;
    const existing = store.list("discovery.k8s.io/v1", "EndpointSlice", {
      namespace,
      labels: { [SERVICE_NAME]: name },
    });
    const groups = groupByPorts(service, pods);
    for (const [index, group] of (groups.length > 0 ? groups : [{ ports: [], pods: [] }]).entries()) {
      const content = {
        endpoints: group.pods.map(({ object, ip, ready }) => ({
          addresses: [ip],
          conditions: { ready, serving: ready, terminating: false },
          nodeName,
          targetRef: targetRef(object),
        })),
        ports: group.ports,
      };
      const slice = existing[index];
      if (!slice) {
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
      } else if (!isDeepStrictEqual([slice.endpoints, slice.ports], [content.endpoints, content.ports])) {
        store.mergePatch(refOf(slice), content);
      }
    }
    for (const slice of existing.slice(Math.max(1, groups.length))) {
      store.delete(refOf(slice));
    }
  }

  function writeEndpoints(service: KubeObject, pods: readonly SelectedPod[]): void {
    const { namespace, name, labels } = service.metadata;
    const subsets = groupByPorts(service, pods)
      .filter(({ ports }) => ports.length > 0)
      .map((group) => {
        const addresses = (ready: boolean) =>
          group.pods
            .filter((pod) => pod.ready === ready)
            .map(({ object, ip }) => ({ ip, nodeName, targetRef: targetRef(object) }));
        const [ready, notReady] = [addresses(true), addresses(false)];
        return {
          ...(ready.length > 0 ? { addresses: ready } : {}),
          ...(notReady.length > 0 ? { notReadyAddresses: notReady } : {}),
          ports: group.ports,
        };
      });
    const wanted = subsets.length > 0 ? subsets : undefined;
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
        ...(wanted === undefined ? {} : { subsets: wanted }),
      });
    } else if (!isDeepStrictEqual(existing.subsets, wanted)) {
      store.mergePatch(refOf(existing), { subsets: wanted ?? null });
    }
  }
}

function targetRef({ metadata }: KubeObject) {
  return { kind: "Pod", name: metadata.name, namespace: metadata.namespace, uid: metadata.uid };
}

interface Group {
  ports: { name?: string; port: number; protocol: string }[];
  pods: SelectedPod[];
}

/** A port that is named may be another number on each pod, and none on some. */
function groupByPorts(service: KubeObject, pods: readonly SelectedPod[]): Group[] {
  const groups = new Map<string, Group>();
  for (const pod of pods) {
    const ports = parseService(service).spec.ports.flatMap((port) => {
      const number = targetPort(pod.object, port);
      return number === undefined
        ? []
        : [{ ...(port.name === undefined ? {} : { name: port.name }), port: number, protocol: port.protocol }];
    });
    const group = groups.get(JSON.stringify(ports)) ?? { ports, pods: [] };
    group.pods.push(pod);
    groups.set(JSON.stringify(ports), group);
  }
  return [...groups.values()];
}
