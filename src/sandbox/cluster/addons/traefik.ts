import type { KubeObject } from "../store.ts";
import { SYSTEM_IMAGES } from "./system-images.ts";
import { workload } from "./workload.ts";

const namespace = "kube-system";
const labels = { "app.kubernetes.io/name": "traefik" };
/** https://doc.traefik.io/traefik/v3.5/reference/install-configuration/providers/kubernetes/kubernetes-ingress/ */
export const ALLOW_EMPTY_SERVICES = "--providers.kubernetesingress.allowemptyservices=true";
const READ = ["get", "list", "watch"];

/** The role without which Traefik knows no route; named as k3s names it. */
export const traefikRole: KubeObject = {
  apiVersion: "rbac.authorization.k8s.io/v1",
  kind: "ClusterRole",
  metadata: { name: "traefik-kube-system" },
  rules: [
    { apiGroups: [""], resources: ["services", "endpoints", "secrets", "nodes"], verbs: READ },
    { apiGroups: ["discovery.k8s.io"], resources: ["endpointslices"], verbs: READ },
    { apiGroups: ["extensions", "networking.k8s.io"], resources: ["ingresses", "ingressclasses"], verbs: READ },
    { apiGroups: ["extensions", "networking.k8s.io"], resources: ["ingresses/status"], verbs: ["update"] },
  ],
};

/** Traefik as k3s installs it. https://docs.k3s.io/networking/networking-services#traefik-ingress-controller */
export const traefik: readonly KubeObject[] = [
  traefikRole,
  {
    apiVersion: "rbac.authorization.k8s.io/v1",
    kind: "ClusterRoleBinding",
    metadata: { name: "traefik-kube-system" },
    roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "ClusterRole", name: "traefik-kube-system" },
    subjects: [{ kind: "ServiceAccount", name: "traefik", namespace }],
  },
  {
    apiVersion: "networking.k8s.io/v1",
    kind: "IngressClass",
    metadata: { name: "traefik", annotations: { "ingressclass.kubernetes.io/is-default-class": "true" } },
    spec: { controller: "traefik.io/ingress-controller" },
  },
  {
    apiVersion: "v1",
    kind: "Service",
    metadata: { name: "traefik", namespace, labels },
    spec: {
      type: "LoadBalancer",
      selector: labels,
      ports: [
        { name: "web", port: 80, targetPort: "web", nodePort: 31611 },
        { name: "websecure", port: 443, targetPort: "websecure", nodePort: 32427 },
      ],
    },
  },
  ...workload({
    namespace,
    name: "traefik",
    image: SYSTEM_IMAGES.traefik,
    labels,
    args: [
      "--entrypoints.web.address=:80",
      "--entrypoints.websecure.address=:443",
      "--entrypoints.websecure.http.tls=true",
      "--providers.kubernetesingress",
      // The chart's default since 31.0.0, and so k3s's: https://github.com/traefik/traefik-helm-chart/releases/tag/v31.0.0
      ALLOW_EMPTY_SERVICES,
      "--providers.kubernetesingress.ingressendpoint.publishedservice=kube-system/traefik",
    ],
    ports: [
      { name: "web", containerPort: 80 },
      { name: "websecure", containerPort: 443 },
    ],
  }),
];
