import type { Coverage } from "../api/coverage.ts";

/** How far each of a cluster's control loops is imitated; a test holds the table against the loops that run. */
export const controllerCoverage: Readonly<Record<string, Coverage>> = {
  "source-controller": {
    partly: "GitRepository: no semver refs, submodules, proxies; no OCIRepository, Bucket, HelmChart",
  },
  "kustomize-controller": {
    partly:
      "no postBuild, decryption, CEL health; kustomize without components and replacements; a try that falls due during another is not made up for",
  },
  "deployment-controller": { partly: "no minReadySeconds, no pausing" },
  "replicaset-controller": "covered",
  "statefulset-controller": { partly: "no minReadySeconds, maxUnavailable; claims are bound to no volume and kept" },
  "daemonset-controller": { partly: "no minReadySeconds; maxUnavailable counts as 1" },
  "job-controller": { partly: "not Indexed; no podFailurePolicy, successPolicy, managedBy" },
  "cronjob-controller": "not",
  "horizontal-pod-autoscaler": "not",
  "default-scheduler": { partly: "one node; requests, limits and taints are not weighed, a control makes it refuse" },
  kubelet: {
    partly:
      "runs images of the sandbox's own builds as processes, of others nothing: an init container and a Job's end well by themselves; no volumes, exec probes, out-of-memory kills",
  },
  "endpointslice-controller": "covered",
  servicelb: { partly: "gives the node's address, opens no port but the router's" },
  traefik: { partly: "Ingress by host over HTTP and TLS; no middlewares, IngressRoute, wildcard certificates" },
  "cert-manager-ingress-shim": "covered",
  "cert-manager-clusterissuers": { partly: "ACME issuers become ready without an account" },
  "cert-manager-certificates": { partly: "no renewal; the certificate is self-signed" },
  "cert-manager-challenges": { partly: "HTTP-01 only" },
};
