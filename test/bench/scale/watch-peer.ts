import {
  AppsV1Api,
  BatchV1Api,
  CoreV1Api,
  CustomObjectsApi,
  DiscoveryV1Api,
  KubeConfig,
  type KubernetesListObject,
  type KubernetesObject,
  makeInformer,
  NetworkingV1Api,
} from "@kubernetes/client-node";
import { pathOf } from "../../../src/cluster/path-of.ts";
import { KINDS, type Kind } from "../../../src/project/kinds.ts";
import { PROJECT_LABEL } from "../../../src/project/ownership.ts";
import { reportEvents } from "./report-events.ts";

/**
 * The same kinds by the same selectors, with @kubernetes/client-node's informers as its documentation uses them.
 * https://github.com/kubernetes-client/javascript/blob/main/examples/informer.js
 */
const report = reportEvents();
const config = new KubeConfig();
config.loadFromFile(process.env.KUBECONFIG ?? "");
const core = config.makeApiClient(CoreV1Api);
const apps = config.makeApiClient(AppsV1Api);
const batch = config.makeApiClient(BatchV1Api);
const discovery = config.makeApiClient(DiscoveryV1Api);
const networking = config.makeApiClient(NetworkingV1Api);
const custom = config.makeApiClient(CustomObjectsApi);
const ours = { labelSelector: PROJECT_LABEL };

const lists: Partial<Record<Kind, () => Promise<KubernetesListObject<KubernetesObject>>>> = {
  Project: () => list("Project"),
  Namespace: () => core.listNamespace(ours),
  GitRepository: () => list("GitRepository", ours),
  Kustomization: () => list("Kustomization", ours),
  Deployment: () => apps.listDeploymentForAllNamespaces(ours),
  StatefulSet: () => apps.listStatefulSetForAllNamespaces(ours),
  DaemonSet: () => apps.listDaemonSetForAllNamespaces(ours),
  Job: () => batch.listJobForAllNamespaces(ours),
  ReplicaSet: () => apps.listReplicaSetForAllNamespaces(ours),
  Pod: () => core.listPodForAllNamespaces(ours),
  Service: () => core.listServiceForAllNamespaces(ours),
  EndpointSlice: () => discovery.listEndpointSliceForAllNamespaces(ours),
  Ingress: () => networking.listIngressForAllNamespaces(ours),
  Certificate: () => list("Certificate", ours),
};

function list(kind: Kind, selector: { labelSelector?: string } = {}) {
  const { apiVersion, plural } = KINDS[kind];
  const [group = "", version = ""] = apiVersion.split("/");
  return custom.listClusterCustomObject({ group, version, plural, ...selector });
}

const informers = Object.entries(lists).map(([kind, ask]) => {
  const path = pathOf(kind);
  const informer = makeInformer(config, path, ask, kind === "Project" ? undefined : PROJECT_LABEL);
  informer.on("change", report.seen);
  informer.on("error", (error) => {
    report.warned(kind, String(error));
    setTimeout(() => void informer.start(), 1_000);
  });
  return informer;
});
// Starting one ends with its list in and its watch begun.
await Promise.all(informers.map((informer) => informer.start()));
report.synced();
