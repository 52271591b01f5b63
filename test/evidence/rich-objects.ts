import { PROJECT_LABEL } from "../../src/project/ownership.ts";
import type { KubeObject } from "../../src/project/ports/cluster.ts";

/** With all that an application may have: what was recorded is a plain one. */
export const RICH: readonly KubeObject[] = [
  {
    apiVersion: "v1",
    kind: "Pod",
    metadata: { name: "a-0", namespace: "a", labels: { "controller-revision-hash": "a-1" } },
    spec: {
      nodeName: "n",
      initContainers: [
        { name: "migrate", image: "a/migrate:1", env: [{ name: "SECRET", value: "x" }] },
        { name: "proxy", image: "a/proxy:1", restartPolicy: "Always" },
      ],
      containers: [{ name: "app", image: "a/app:1", env: [{ name: "SECRET", value: "x" }] }],
    },
    status: {
      phase: "Pending",
      nominatedNodeName: "node-2",
      initContainerStatuses: [
        { name: "migrate", restartCount: 3, state: { waiting: { reason: "CrashLoopBackOff", message: "back-off" } } },
        { name: "proxy", ready: true, state: { running: { startedAt: "2026-03-01T10:00:00Z" } } },
      ],
      containerStatuses: [{ name: "app", state: { waiting: { reason: "PodInitializing" } } }],
    },
  },
  ...["Deployment", "StatefulSet", "DaemonSet", "Job"].map((kind) => ({
    apiVersion: kind === "Job" ? "batch/v1" : "apps/v1",
    kind,
    metadata: { name: "a", namespace: "a", uid: "1", generation: 2, labels: { [PROJECT_LABEL]: "a" } },
    spec: {
      replicas: 3,
      paused: true,
      completions: 2,
      suspend: true,
      updateStrategy: { type: "RollingUpdate", rollingUpdate: { partition: 1 } },
      ordinals: { start: 1 },
      selector: { matchLabels: { app: "a" } },
      template: {
        metadata: { labels: { app: "a" } },
        spec: {
          initContainers: [
            { name: "proxy", image: "a/proxy:1", restartPolicy: "Always", ports: [{ containerPort: 1 }] },
          ],
          containers: [{ name: "app", image: "a/app:1", env: [{ name: "SECRET", value: "x" }] }],
          volumes: [{ name: "large", emptyDir: {} }],
        },
      },
    },
    status: {
      observedGeneration: 2,
      replicas: 3,
      readyReplicas: 2,
      updatedReplicas: 1,
      availableReplicas: 2,
      updateRevision: "a-1",
      desiredNumberScheduled: 3,
      updatedNumberScheduled: 2,
      numberReady: 2,
      numberAvailable: 1,
      succeeded: 1,
      conditions: [{ type: "Available", status: "False", reason: "MinimumReplicasUnavailable" }],
    },
  })),
  {
    apiVersion: "apps/v1",
    kind: "ReplicaSet",
    metadata: {
      name: "a-6f5d8c",
      namespace: "a",
      uid: "2",
      resourceVersion: "7",
      generation: 1,
      ownerReferences: [{ apiVersion: "apps/v1", kind: "Deployment", name: "a", uid: "1" }],
      labels: { [PROJECT_LABEL]: "a", "pod-template-hash": "6f5d8c", app: "a" },
      annotations: {
        "deployment.kubernetes.io/desired-replicas": "3",
        "deployment.kubernetes.io/revision": "4",
      },
    },
  },
  {
    apiVersion: "cert-manager.io/v1",
    kind: "CertificateRequest",
    metadata: { name: "a-1", namespace: "a", uid: "11", ownerReferences: [ownedBy("Certificate", "10")] },
    spec: { issuerRef: { name: "letsencrypt" }, request: "LARGE" },
    status: {
      conditions: [{ type: "Ready", status: "False", reason: "Pending", message: "Waiting on certificate issuance" }],
      certificate: "LARGE",
    },
  },
  {
    apiVersion: "acme.cert-manager.io/v1",
    kind: "Order",
    metadata: { name: "a-1-1", namespace: "a", uid: "12", ownerReferences: [ownedBy("CertificateRequest", "11")] },
    spec: { dnsNames: ["a.example.com"], request: "LARGE" },
    status: { state: "pending", reason: "waiting", certificate: "LARGE", authorizations: [{ url: "LARGE" }] },
  },
  {
    apiVersion: "acme.cert-manager.io/v1",
    kind: "Challenge",
    metadata: { name: "a-1-1-1", namespace: "a", uid: "13", ownerReferences: [ownedBy("Order", "12")] },
    spec: { type: "HTTP-01", dnsName: "a.example.com", token: "LARGE", key: "LARGE" },
    status: { state: "pending", reason: "wrong status code '404', expected '200'", processing: true },
  },
  {
    apiVersion: "cert-manager.io/v1",
    kind: "Certificate",
    metadata: { name: "a", namespace: "a", uid: "10" },
    spec: {
      secretName: "a-tls",
      dnsNames: ["a.example.com"],
      issuerRef: { name: "letsencrypt", kind: "ClusterIssuer" },
    },
    status: { conditions: [{ type: "Ready", status: "False", reason: "DoesNotExist" }] },
  },
];

function ownedBy(kind: string, uid: string) {
  return { apiVersion: "cert-manager.io/v1", kind, name: "a", uid };
}
