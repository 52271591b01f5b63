import type { KubeObject } from "../../src/project/ports/cluster.ts";
import type { ProbeResult } from "../../src/project/ports/probes.ts";
import { NOW } from "./project.ts";

const LABELS = { "slipway.dev/project": "rrr" };

/** A Deployment that runs whole, of the image with that tag. */
export function deployment(
  given: { tag?: string; replicas?: number; status?: object; generation?: number } = {},
): KubeObject {
  const replicas = given.replicas ?? 1;
  return {
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: { name: "rrr", namespace: "rrr", generation: given.generation ?? 1, labels: LABELS },
    spec: {
      replicas,
      template: { spec: { containers: [{ name: "app", image: `ghcr.io/acme/rrr:${given.tag ?? "3f2a91c0aa11"}` }] } },
    },
    status: {
      observedGeneration: given.generation ?? 1,
      replicas,
      updatedReplicas: replicas,
      readyReplicas: replicas,
      availableReplicas: replicas,
      conditions: [condition("Available", "True", "MinimumReplicasAvailable", "Deployment has minimum availability.")],
      ...given.status,
    },
  };
}

/** A pod whose one container waits for that reason. */
export function waitingPod(
  reason: string,
  message: string,
  given: { restarts?: number; exitCode?: number; terminated?: string; tag?: string } = {},
): KubeObject {
  return pod({
    image: `ghcr.io/acme/rrr:${given.tag ?? "3f2a91c0aa11"}`,
    restartCount: given.restarts ?? 0,
    state: { waiting: { reason, message } },
    lastState:
      given.exitCode === undefined
        ? {}
        : { terminated: { exitCode: given.exitCode, reason: given.terminated ?? "Error" } },
  });
}

export function pod(container: { image?: string; [field: string]: unknown }): KubeObject {
  return {
    apiVersion: "v1",
    kind: "Pod",
    metadata: { name: "rrr-1", namespace: "rrr", labels: LABELS },
    spec: { containers: [{ name: "app", image: container.image ?? "ghcr.io/acme/rrr:3f2a91c0aa11" }] },
    status: {
      containerStatuses: [{ name: "app", ready: false, restartCount: 0, state: {}, lastState: {}, ...container }],
    },
  };
}

export function ingressObject(given: { tls?: boolean; host?: string; issuer?: string; ip?: string } = {}): KubeObject {
  const host = given.host ?? "rrr.example.com";
  return {
    apiVersion: "networking.k8s.io/v1",
    kind: "Ingress",
    metadata: {
      name: "rrr",
      namespace: "rrr",
      labels: LABELS,
      annotations: given.issuer === undefined ? {} : { "cert-manager.io/cluster-issuer": given.issuer },
    },
    spec: {
      ingressClassName: "traefik",
      ...(given.tls ? { tls: [{ hosts: [host], secretName: "rrr-tls" }] } : {}),
      rules: [
        { host, http: { paths: [{ path: "/", backend: { service: { name: "rrr", port: { name: "http" } } } }] } },
      ],
    },
    status: { loadBalancer: { ingress: [{ ip: given.ip ?? "203.0.113.7" }] } },
  };
}

export function kustomization(conditions: object[], generation = 1): KubeObject {
  return {
    apiVersion: "kustomize.toolkit.fluxcd.io/v1",
    kind: "Kustomization",
    metadata: { name: "rrr", namespace: "rrr", generation, labels: LABELS },
    status: { observedGeneration: generation, conditions },
  };
}

export function condition(type: string, status: "True" | "False" | "Unknown", reason: string, message = "") {
  return { type, status, reason, message, lastTransitionTime: NOW.toISOString(), observedGeneration: 1 };
}

/** One look from a vantage. */
export function look(from: string, outcome: ProbeResult["outcome"], port = 443): ProbeResult {
  return { from, target: { host: "rrr.example.com", port, path: "/", tls: port === 443 }, at: NOW, outcome };
}

export const answered = (status = 200, body = "hello"): ProbeResult["outcome"] => ({
  state: "answered",
  status,
  body,
  milliseconds: 12,
});
