import type { KubeObject } from "../../../../src/sandbox/cluster/store.ts";

/** What stands beside a cluster: the git server's URL, and who may pull private images. */
export interface Beside {
  git: string;
  login: { username: string; password: string };
}

export interface Recording {
  note: string;
  /** What is put into the cluster, namespaces apart; theirs are named record-…. */
  given(beside: Beside): KubeObject[];
  /** What is done to it afterwards, by kubectl, so many real seconds after it was given. */
  afterwards?: { seconds: number; kubectl: string[] }[];
  /** Namespaces that are looked at beside those of what is given. */
  also?: string[];
  /** The kinds that are kept; all that there are if none is named. */
  kinds?: string[];
  /** What is broken meanwhile. */
  fault?: "git cut" | "registry gone" | "registry private" | "port 80 closed";
  /** Real seconds until a real cluster has said it all. */
  seconds: number;
}

const inNamespace = (where: string) => `record-${where}`;

const source = (where: string, name: string, url: string, spec: object = {}): KubeObject => ({
  apiVersion: "source.toolkit.fluxcd.io/v1",
  kind: "GitRepository",
  metadata: { name, namespace: inNamespace(where) },
  spec: { url, interval: "1m", timeout: "20s", ref: { branch: "main" }, ...spec },
});

const kustomization = (where: string, name: string, path: string, spec: object = {}): KubeObject => ({
  apiVersion: "kustomize.toolkit.fluxcd.io/v1",
  kind: "Kustomization",
  metadata: { name, namespace: inNamespace(where) },
  spec: {
    sourceRef: { kind: "GitRepository", name: "app" },
    path,
    interval: "10m",
    retryInterval: "30s",
    prune: true,
    targetNamespace: inNamespace(where),
    ...spec,
  },
});

const deployment = (where: string, container: object, pod: object = {}, replicas = 1): KubeObject => ({
  apiVersion: "apps/v1",
  kind: "Deployment",
  metadata: { name: "web", namespace: inNamespace(where) },
  spec: {
    replicas,
    selector: { matchLabels: { app: "web" } },
    template: {
      metadata: { labels: { app: "web" } },
      spec: { containers: [{ name: "web", image: "ghcr.io/testbed/app:1", ...container }], ...pod },
    },
  },
});

const job = (container: object, pod: object = {}, backoffLimit = 0): object => ({
  backoffLimit,
  template: {
    spec: {
      restartPolicy: "Never",
      containers: [{ name: "migrate", image: "ghcr.io/testbed/app:1", ...container }],
      ...pod,
    },
  },
});

const plainJob = (where: string, container: object, pod?: object, backoffLimit?: number): KubeObject => ({
  apiVersion: "batch/v1",
  kind: "Job",
  metadata: { name: "migrate", namespace: inNamespace(where) },
  spec: job(container, pod, backoffLimit),
});

/** Every minute, and of those that went well none is kept. */
const cronJob = (where: string, container: object): KubeObject => ({
  apiVersion: "batch/v1",
  kind: "CronJob",
  metadata: { name: "nightly", namespace: inNamespace(where) },
  spec: { schedule: "* * * * *", successfulJobsHistoryLimit: 0, jobTemplate: { spec: job(container) } },
});

const FAILS = { env: [{ name: "FAIL", value: "3" }] };

const ingress = (where: string, name: string, host: string, issuer: string): KubeObject => ({
  apiVersion: "networking.k8s.io/v1",
  kind: "Ingress",
  metadata: { name, namespace: inNamespace(where), annotations: { "cert-manager.io/cluster-issuer": issuer } },
  spec: {
    ingressClassName: "traefik",
    tls: [{ hosts: [`${host}.rrr.test`], secretName: `${name}-tls` }],
    rules: [
      {
        host: `${host}.rrr.test`,
        http: {
          paths: [{ path: "/", pathType: "Prefix", backend: { service: { name: "web", port: { number: 80 } } } }],
        },
      },
    ],
  },
});

const pullSecret = (where: string, login: Beside["login"]): KubeObject => ({
  apiVersion: "v1",
  kind: "Secret",
  metadata: { name: "pull", namespace: inNamespace(where) },
  type: "kubernetes.io/dockerconfigjson",
  stringData: { ".dockerconfigjson": JSON.stringify({ auths: { "ghcr.io": login } }) },
});

const PULL = { imagePullSecrets: [{ name: "pull" }] };
const dev = "./k8s/overlays/dev";
const CHAIN = ["Certificate", "CertificateRequest", "Order", "Challenge"];

/** By the fixture's name: what was given to a real cluster, for the simulated one to be given the same. */
export const recordings: Record<string, Recording> = {
  "launch-ready": {
    note: "A launch that went well.",
    given: ({ git }) => [
      source("ok", "app", `${git}/app.git`),
      kustomization("ok", "app", dev, { wait: true, timeout: "2m" }),
    ],
    seconds: 30,
  },
  "path-missing": {
    note: "spec.path is not in the repository.",
    given: ({ git }) => [
      source("path", "app", `${git}/app.git`),
      kustomization("path", "app", "./k8s/overlays/development"),
    ],
    seconds: 100,
  },
  "build-failed": {
    note: "A kustomization names a file that is not there.",
    given: ({ git }) => [
      source("broken", "app", `${git}/app.git`),
      kustomization("broken", "app", "./k8s/overlays/broken"),
    ],
    seconds: 100,
  },
  "kind-unknown": {
    note: "An object of a kind that no definition serves.",
    given: ({ git }) => [
      source("kinds", "app", `${git}/app.git`),
      kustomization("kinds", "app", "./k8s/overlays/kinds"),
    ],
    seconds: 60,
  },
  "namespace-missing": {
    note: "targetNamespace is not there; and none at all.",
    given: ({ git }) => [
      source("nons", "app", `${git}/app.git`),
      kustomization("nons", "app", dev, { targetNamespace: "record-not-there" }),
      kustomization("nons", "unspecified", dev, { targetNamespace: undefined }),
    ],
    seconds: 100,
  },
  "apply-forbidden": {
    note: "The impersonated service account may only view.",
    given: ({ git }) => [
      { apiVersion: "v1", kind: "ServiceAccount", metadata: { name: "weak", namespace: inNamespace("forbidden") } },
      {
        apiVersion: "rbac.authorization.k8s.io/v1",
        kind: "RoleBinding",
        metadata: { name: "weak", namespace: inNamespace("forbidden") },
        roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "ClusterRole", name: "view" },
        subjects: [{ kind: "ServiceAccount", name: "weak", namespace: inNamespace("forbidden") }],
      },
      source("forbidden", "app", `${git}/app.git`),
      kustomization("forbidden", "app", dev, { serviceAccountName: "weak" }),
    ],
    seconds: 70,
  },
  "source-missing": {
    note: "No such source; one without an artifact; a dependency.",
    given: ({ git }) => [
      kustomization("dep", "app", dev),
      kustomization("dep", "waits", dev, { dependsOn: [{ name: "app" }] }),
      source("dep", "noart", `${git}/nope/x.git`),
      kustomization("dep", "noart", "./", {
        sourceRef: { kind: "GitRepository", name: "noart" },
        targetNamespace: undefined,
      }),
    ],
    seconds: 60,
  },
  "sources-failing": {
    note: "Each way in which a git source fails.",
    given: ({ git }) => [
      {
        apiVersion: "v1",
        kind: "Secret",
        metadata: { name: "creds", namespace: inNamespace("bad") },
        stringData: { username: "u", password: "p" },
      },
      source("bad", "notfound", `${git}/nope/x.git`),
      source("bad", "auth", `${git}/auth/app.git`),
      source("bad", "forbidden", `${git}/forbidden/app.git`),
      source("bad", "nosecret", `${git}/app.git`, { secretRef: { name: "nope" } }),
      source("bad", "dns", "http://nowhere.rrr.test/app.git"),
      source("bad", "refused", `http://${new URL(git).hostname}:9/app.git`),
      source("bad", "branch", `${git}/app.git`, { ref: { branch: "nope" } }),
      source("bad", "authok", `${git}/auth/app.git`, { secretRef: { name: "creds" } }),
    ],
    seconds: 60,
  },
  "source-cut": {
    note: "The git server's port is dropped; spec.timeout 20s. `app` has an artifact, `fresh` has none.",
    given: ({ git }) => [source("cut", "fresh", `${git}/app.git`)],
    also: [inNamespace("ok")],
    kinds: ["GitRepository"],
    fault: "git cut",
    seconds: 60,
  },
  "image-missing": {
    note: "The image's tag is not in the registry; after ten minutes the rollout has failed.",
    given: ({ git }) => [
      source("noimage", "app", `${git}/app.git`),
      kustomization("noimage", "app", "./k8s/overlays/noimage", { wait: true, timeout: "45s" }),
    ],
    seconds: 680,
  },
  "image-unauthorized": {
    note: "A private image: without a pull secret, and with one that the registry refuses.",
    given: () => [
      deployment("secretless", { image: "ghcr.io/acme/app:1", imagePullPolicy: "Always" }),
      pullSecret("expired", { username: "u", password: "expired" }),
      deployment("expired", { image: "ghcr.io/acme/app:1", imagePullPolicy: "Always" }, PULL),
    ],
    fault: "registry private",
    seconds: 40,
  },
  "image-platform": {
    note: "The image's index names another architecture only.",
    given: ({ login }) => [
      pullSecret("platform", login),
      deployment("platform", { image: "ghcr.io/acme/arm:1" }, PULL),
    ],
    fault: "registry private",
    seconds: 40,
  },
  "registry-unreachable": {
    note: "The mirror of ghcr.io refuses connections.",
    given: () => [deployment("noregistry", { image: "ghcr.io/testbed/app:nope" })],
    kinds: ["Pod"],
    fault: "registry gone",
    seconds: 40,
  },
  "container-crashing": {
    note: "The application exits with code 3 at once.",
    given: () => [deployment("crash", { env: [{ name: "FAIL", value: "3" }] })],
    seconds: 90,
  },
  "probes-failing": {
    note: "The application does not listen.",
    given: () => [
      deployment("probe", {
        env: [{ name: "START_SECONDS", value: "600" }],
        readinessProbe: { httpGet: { path: "/x", port: 3000 }, periodSeconds: 2 },
        livenessProbe: { httpGet: { path: "/", port: 3000 }, periodSeconds: 1, failureThreshold: 1 },
      }),
    ],
    seconds: 100,
  },
  unschedulable: {
    note: "A pod asks for more memory than the node has.",
    given: () => [deployment("sched", { resources: { requests: { memory: "900Gi" } } })],
    seconds: 30,
  },
  "config-missing": {
    note: "A ConfigMap that a container reads is not there.",
    given: () => [deployment("config", { envFrom: [{ configMapRef: { name: "nope" } }] })],
    seconds: 40,
  },
  "job-failed": {
    note: "A Job whose pod exits with code 3, once more than its backoffLimit allows.",
    given: () => [plainJob("job", FAILS)],
    kinds: ["Job", "Pod"],
    seconds: 30,
  },
  "job-image-missing": {
    note: "A Job whose image is not in the registry.",
    given: () => [plainJob("jobimage", { image: "ghcr.io/acme/migrate:1" })],
    kinds: ["Job", "Pod"],
    seconds: 40,
  },
  "job-unschedulable": {
    note: "A Job's pod asks for more memory than the node has.",
    given: () => [plainJob("jobsched", { resources: { requests: { memory: "900Gi" } } })],
    kinds: ["Job", "Pod"],
    seconds: 30,
  },
  "job-init-crashing": {
    note: "The init container of a Job's pod exits with code 3, and is started again each time.",
    given: () => [
      plainJob(
        "jobinit",
        { env: [{ name: "FAIL", value: "0" }] },
        {
          restartPolicy: "OnFailure",
          initContainers: [{ name: "wait", image: "ghcr.io/testbed/app:1", ...FAILS }],
        },
        6,
      ),
    ],
    kinds: ["Job", "Pod"],
    seconds: 90,
  },
  "cron-job-failed": {
    note: "A CronJob whose run failed.",
    given: () => [cronJob("cronfails", FAILS)],
    afterwards: [{ seconds: 62, kubectl: ["patch", "cronjob", "nightly", '--patch={"spec":{"suspend":true}}'] }],
    kinds: ["CronJob", "Job"],
    seconds: 75,
  },
  "cron-job-recovered": {
    note: "A CronJob whose run failed, and whose next went well; successfulJobsHistoryLimit is 0, so that it is not kept.",
    given: () => [cronJob("cron", FAILS)],
    afterwards: [{ seconds: 62, kubectl: ["set", "env", "cronjob/nightly", "FAIL=0"] }],
    kinds: ["CronJob", "Job"],
    seconds: 150,
  },
  "rollout-paused": {
    note: "A Deployment that was paused while some of its pods had been replaced.",
    given: () => [
      deployment("paused", { readinessProbe: { tcpSocket: { port: 3000 }, initialDelaySeconds: 10 } }, {}, 3),
    ],
    afterwards: [
      { seconds: 30, kubectl: ["set", "env", "deployment/web", "COLOUR=blue"] },
      { seconds: 46, kubectl: ["rollout", "pause", "deployment/web"] },
    ],
    kinds: ["Deployment", "ReplicaSet", "Pod"],
    seconds: 75,
  },
  certificates: {
    note: "One that is issued, one whose name does not resolve, one whose issuer is missing.",
    given: () => [
      ingress("cert", "web", "record", "letsencrypt-prod"),
      ingress("cert", "nodns", "nodns", "letsencrypt-prod"),
      ingress("cert", "noissuer", "noissuer", "nope"),
    ],
    kinds: CHAIN,
    seconds: 60,
  },
  "challenge-failed": {
    note: "Port 80 is closed to the ACME server.",
    given: () => [ingress("closed", "web", "record", "letsencrypt-prod")],
    kinds: CHAIN,
    fault: "port 80 closed",
    seconds: 60,
  },
};

/** The namespaces of what is given. */
export function namespacesOf(objects: readonly KubeObject[]): string[] {
  return [...new Set(objects.flatMap(({ metadata }) => metadata.namespace ?? []))];
}
