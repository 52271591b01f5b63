import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import type { World } from "../../shared/world.ts";
import { addonObjects } from "../addons/addon-objects.ts";
import { SYSTEM_IMAGES } from "../addons/system-images.ts";
import type { ClusterStore } from "../create-store.ts";
import { createCertManager } from "./cert-manager/create-cert-manager.ts";
import { type Control, createControl } from "./control.ts";
import { createFaults } from "./faults.ts";
import { createArtifacts } from "./flux/artifacts.ts";
import { createKustomizeController } from "./flux/create-kustomize-controller.ts";
import { createSourceController } from "./flux/create-source-controller.ts";
import { createKubelet } from "./kubelet/create-kubelet.ts";
import { createPodLogs, type PodLogs } from "./kubelet/create-pod-logs.ts";
import { createNodeImages } from "./kubelet/node-images.ts";
import { createEndpointsController } from "./network/create-endpoints-controller.ts";
import { createServiceLoadBalancer } from "./network/create-service-load-balancer.ts";
import { nodePorts } from "./network/node-ports.ts";
import type { Cluster } from "./runtime/cluster.ts";
import { runControllers } from "./runtime/run-controllers.ts";
import { timestamp } from "./runtime/timestamp.ts";
import { createIngressController } from "./traefik/create-ingress-controller.ts";
import { startRouter } from "./traefik/start-router.ts";
import { createDaemonSetController } from "./workloads/create-daemon-set-controller.ts";
import { createDeploymentController } from "./workloads/create-deployment-controller.ts";
import { createJobController } from "./workloads/create-job-controller.ts";
import { createReplicaSetController } from "./workloads/create-replica-set-controller.ts";
import { createScheduler } from "./workloads/create-scheduler.ts";
import { createStatefulSetController } from "./workloads/create-stateful-set-controller.ts";

export interface ControllersOptions {
  store: ClusterStore;
  world: World;
  /** Registry host → base URL of its mirror, e.g. `{ "ghcr.io": "http://127.0.0.1:7302" }`. */
  mirrors: Record<string, string>;
  /** Where Traefik's routes answer on this machine; 0 for a free port. */
  routePort: number;
  /** Address that the router listens on. */
  host: string;
  dataDir: string;
  /** The public DNS; by default every name is the node's. */
  dns?: (name: string) => readonly string[];
  node?: { providerID?: string; externalIP?: string };
  /** Told of what no controller expects; by default it ends up as an unhandled rejection. */
  onError?: (controller: string, key: string, error: unknown) => void;
}

export interface Controllers {
  control: Control;
  /** Of every control loop that runs; coverage.ts has a row for each. */
  names: string[];
  /** `http://<host>:<port>` under which Traefik serves a host on this machine. */
  routeUrl(host: string): string;
  routePort: number;
  /** The same over TLS, always a free one. */
  secureRoutePort: number;
  /** For pods/log: what a container wrote last, as text. */
  podLogs: PodLogs;
  /** Ends every child process and loop; resolves when all are gone. */
  close(): Promise<void>;
}

const NODE = {
  name: "sandbox",
  internalIP: "10.0.4.7",
  externalIP: "49.232.237.136",
  providerID: "qcloud:///800002/ins-sandbox",
};

/** Everything in a cluster that is not its API server: Flux, workloads, the one node, Traefik, cert-manager. */
export async function startControllers(options: ControllersOptions): Promise<Controllers> {
  const { store, world } = options;
  await mkdir(options.dataDir, { recursive: true });
  const closed = new AbortController();
  const { signal } = closed;
  const random = world.random.fork("cluster");
  const cluster: Cluster = {
    store,
    world: { clock: world.clock, random, record: world.record },
    faults: createFaults(),
    signal,
    dataDir: join(options.dataDir, "cluster"),
  };
  await mkdir(cluster.dataDir, { recursive: true });
  const node = { ...NODE, ...options.node };
  const images = createNodeImages(cluster, { mirrors: options.mirrors, preloaded: Object.values(SYSTEM_IMAGES) });
  const kubelet = createKubelet(cluster, { nodeName: node.name, hostIP: node.internalIP, images });
  const artifacts = createArtifacts();
  const control = createControl(cluster, {
    ports: () => nodePorts(store),
    addresses: [node.externalIP, node.internalIP, "127.0.0.1"],
    lookup: options.dns ?? ((name) => [name === "localhost" ? "127.0.0.1" : node.externalIP]),
  });
  const controllers = [
    createSourceController(cluster, artifacts),
    createKustomizeController(cluster, artifacts),
    createDeploymentController(cluster),
    createReplicaSetController(cluster),
    createStatefulSetController(cluster),
    createDaemonSetController(cluster),
    createJobController(cluster),
    createScheduler(cluster, node.name),
    kubelet.controller,
    createEndpointsController(cluster, node.name),
    createServiceLoadBalancer(cluster, node.externalIP),
    createIngressController(cluster),
    ...createCertManager(cluster, control),
  ];
  const loops = runControllers({
    store,
    world,
    signal,
    controllers,
    onError: options.onError ?? ((_controller, _key, error) => void Promise.reject(error)),
  });
  const now = timestamp(world.clock.now());
  for (const object of addonObjects({ ...node, now })) {
    const { status } = object;
    store.create(object);
    if (status !== undefined) {
      const { name, namespace } = object.metadata;
      store.updateStatus({ apiVersion: object.apiVersion, kind: object.kind, name, namespace }, status);
    }
  }
  const router = await startRouter({
    store,
    host: options.host,
    port: options.routePort,
    now: world.clock.now(),
    portOf: kubelet.portOf,
  });
  return {
    control,
    names: controllers.map(({ name }) => name),
    routePort: router.port,
    secureRoutePort: router.securePort,
    routeUrl: (host) => `http://${host}:${router.port}`,
    podLogs: createPodLogs(kubelet.logOf),
    close: async () => {
      await router.close();
      closed.abort();
      await kubelet.close();
      await loops.finished();
    },
  };
}
