import { SYSTEM_IMAGES } from "../../addons/system-images.ts";
import type { KubeObject } from "../../store.ts";
import type { Cluster } from "../runtime/cluster.ts";
import { refOf } from "../runtime/key.ts";
import { ownerReference } from "../workloads/deployment.ts";
import { SAFE_LETTERS } from "../workloads/pod-template.ts";

/** Pod, Service and Ingress that answer the challenge, as https://github.com/cert-manager/cert-manager/tree/v1.19.1/pkg/issuer/acme/http makes them. */
export function createSolver(
  { store, world }: Cluster,
  challenge: KubeObject,
  { host, token }: { host: string; token: string },
): { remove(): void } {
  const { namespace } = challenge.metadata;
  const labels = {
    "acme.cert-manager.io/http-domain": hash(host),
    "acme.cert-manager.io/http-token": hash(token),
    "acme.cert-manager.io/http01-solver": "true",
  };
  const metadata = () => ({
    name: `cm-acme-http-solver-${world.random.text(5, SAFE_LETTERS)}`,
    generateName: "cm-acme-http-solver-",
    namespace,
    labels,
    ownerReferences: [ownerReference(challenge)],
  });
  const pod = store.create({
    apiVersion: "v1",
    kind: "Pod",
    metadata: metadata(),
    spec: {
      automountServiceAccountToken: false,
      containers: [
        {
          name: "acmesolver",
          image: SYSTEM_IMAGES.acmeSolver,
          args: ["--listen-port=8089", `--domain=${host}`, `--token=${token}`],
          ports: [{ name: "http", containerPort: 8089 }],
          resources: { requests: { cpu: "10m", memory: "64Mi" }, limits: { cpu: "100m", memory: "64Mi" } },
          securityContext: {
            allowPrivilegeEscalation: false,
            capabilities: { drop: ["ALL"] },
            readOnlyRootFilesystem: true,
          },
        },
      ],
      restartPolicy: "OnFailure",
      securityContext: { runAsNonRoot: true, seccompProfile: { type: "RuntimeDefault" } },
    },
  });
  const service = store.create({
    apiVersion: "v1",
    kind: "Service",
    metadata: metadata(),
    spec: { type: "NodePort", selector: labels, ports: [{ name: "http", port: 8089, targetPort: 8089 }] },
  });
  const ingress = store.create({
    apiVersion: "networking.k8s.io/v1",
    kind: "Ingress",
    metadata: {
      ...metadata(),
      annotations: { "nginx.ingress.kubernetes.io/whitelist-source-range": "0.0.0.0/0,::/0" },
    },
    spec: {
      ingressClassName: "traefik",
      rules: [
        {
          host,
          http: {
            paths: [
              {
                path: `/.well-known/acme-challenge/${token}`,
                pathType: "Exact",
                backend: { service: { name: service.metadata.name, port: { number: 8089 } } },
              },
            ],
          },
        },
      ],
    },
  });
  return {
    remove: () => {
      for (const object of [ingress, service, pod]) {
        if (store.get(refOf(object))) {
          store.delete(refOf(object));
        }
      }
    },
  };
}

/** Adler-32, as cert-manager labels with it. */
function hash(text: string): string {
  let a = 1;
  let b = 0;
  for (const byte of Buffer.from(text)) {
    a = (a + byte) % 65_521;
    b = (b + a) % 65_521;
  }
  return String(b * 65_536 + a);
}
