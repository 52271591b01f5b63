import { imageOf } from "../project/naming.ts";
import { ownedBy, PROJECT_LABEL } from "../project/ownership.ts";
import type { KubeObject } from "../project/ports/cluster.ts";
import type { Environment, Project } from "../project/project.ts";
import type { Settings } from "../project/settings.ts";
import { TENANT } from "./tenant.ts";

/** https://kubernetes.io/docs/tasks/debug/debug-application/determine-reason-pod-failure/#customizing-the-termination-message */
const LOGS_ON_ERROR = "FallbackToLogsOnError";

export const KUSTOMIZATION = "kustomize.toolkit.fluxcd.io/v1";

/**
 * Flux's Kustomization of one environment: one commit's manifests with one image. It applies and does not wait for what it
 * has applied to get ready: for as long as it waits it takes no newer commit, no other tag and no deletion
 * (docs/decisions/0008). `suspend` is people's.
 * https://fluxcd.io/flux/components/kustomize/kustomizations/
 */
export function kustomizationOf(
  project: Project,
  environment: Environment,
  settings: Settings,
  released: { tag: string; source: string },
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
      // What our watches select by; on pods too, which commonMetadata does not reach.
      commonMetadata: { labels: { [PROJECT_LABEL]: name } },
      patches: [
        {
          target: { kind: "Deployment" },
          patch: JSON.stringify([
            { op: "add", path: `/spec/template/metadata/labels/${PROJECT_LABEL.replace("/", "~1")}`, value: name },
            // What it wrote last is in its pod's status when it crashes: the watch has it, and no right to logs is needed
            // (docs/decisions/0010). What an application leaves in its own termination message still comes first.
            { op: "add", path: "/spec/template/spec/containers/0/terminationMessagePolicy", value: LOGS_ON_ERROR },
          ]),
        },
      ],
    },
  };
}
