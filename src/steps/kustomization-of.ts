import { imageOf } from "../project/naming.ts";
import { objectName } from "../project/object-name.ts";
import { ownedBy, PROJECT_LABEL } from "../project/ownership.ts";
import type { KubeObject } from "../project/ports/cluster.ts";
import type { Environment, Project } from "../project/project.ts";
import type { Settings } from "../project/settings.ts";
import { TENANT } from "./tenant.ts";

/** https://kubernetes.io/docs/tasks/debug/debug-application/determine-reason-pod-failure/#customizing-the-termination-message */
const LOGS_ON_ERROR = "FallbackToLogsOnError";

export const KUSTOMIZATION = "kustomize.toolkit.fluxcd.io/v1";

/**
 * Flux's Kustomization of one environment: one commit's manifests with one image, and with the count of pods where the
 * Project says it (docs/decisions/0013). It applies and does not wait for what it
 * has applied to get ready: for as long as it waits it takes no newer commit, no other tag and no deletion
 * (docs/decisions/0008). `suspend` is people's.
 * https://fluxcd.io/flux/components/kustomize/kustomizations/
 */
export function kustomizationOf(
  project: Project,
  environment: Environment,
  settings: Settings,
  released: { tag: string; source: string; replicas?: number },
): KubeObject {
  const { name } = project.metadata;
  const image = imageOf(settings.registryHost, project.spec.owner, project.spec.repository);
  return {
    apiVersion: KUSTOMIZATION,
    kind: "Kustomization",
    metadata: { name, namespace: environment.namespace, ...ownedBy(project) },
    spec: {
      sourceRef: { kind: "GitRepository", name: released.source },
      path: `./k8s/overlays/${environment.name}`,
      targetNamespace: environment.namespace,
      serviceAccountName: TENANT,
      prune: true,
      wait: false,
      interval: "10m",
      retryInterval: "30s",
      timeout: "5m",
      images: [{ name: image, newTag: released.tag }],
      // What our watches select by.
      commonMetadata: { labels: { [PROJECT_LABEL]: name } },
      patches: [
        labelPods(name),
        labelRuns(name),
        keepLastWords,
        ...(released.replicas === undefined ? [] : [runPods(name, released.replicas)]),
      ],
    },
  };
}

/**
 * On pods too, which commonMetadata does not reach. A merge, for a JSON patch adds nothing to a template without labels.
 * Not of Jobs: a template of theirs cannot be changed once it is there, so one that was made before would be refused.
 * https://kubernetes.io/docs/concepts/workloads/controllers/job/#writing-a-job-spec
 * The target is a regular expression, and stands for the patch's own kind and name, which kustomize wants to be there.
 * https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/patches/
 */
function labelPods(project: string) {
  return {
    target: { kind: "Deployment|StatefulSet|DaemonSet" },
    patch: JSON.stringify({
      apiVersion: "apps/v1",
      kind: "Deployment",
      metadata: { name: "any" },
      spec: { template: { metadata: { labels: { [PROJECT_LABEL]: project } } } },
    }),
  };
}

/** On the Jobs that a CronJob makes, so that its failures are seen. Not on their pods: those are not the application's. */
function labelRuns(project: string) {
  return {
    target: { kind: "CronJob" },
    patch: JSON.stringify({
      apiVersion: "batch/v1",
      kind: "CronJob",
      metadata: { name: "any" },
      spec: { jobTemplate: { metadata: { labels: { [PROJECT_LABEL]: project } } } },
    }),
  };
}

/**
 * What it wrote last is in its pod's status when it crashes: the watch has it, and no right to logs is needed
 * (docs/decisions/0010). What an application leaves in its own termination message still comes first. A JSON patch, for a
 * merge asks for the container's name, which is the team's.
 */
const keepLastWords = {
  target: { kind: "Deployment" },
  patch: JSON.stringify([
    { op: "add", path: "/spec/template/spec/containers/0/terminationMessagePolicy", value: LOGS_ON_ERROR },
  ]),
};

/**
 * The count that the Project asks for, after the overlay's own patches, so in their place; of no workload but that of its
 * name. What an overlay has in `replicas` still comes after it: kustomize sets that last.
 * https://github.com/kubernetes-sigs/kustomize/blob/api/v0.20.1/internal/target/kusttarget_configplugin.go
 */
function runPods(project: string, count: number) {
  return {
    target: { kind: "Deployment|StatefulSet", name: objectName(project) },
    patch: JSON.stringify([{ op: "add", path: "/spec/replicas", value: count }]),
  };
}
