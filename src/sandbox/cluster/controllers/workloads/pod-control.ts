import { ApiStatusError } from "../../status-error.ts";
import type { KubeObject } from "../../store.ts";
import type { Cluster } from "../runtime/cluster.ts";
import { refOf } from "../runtime/key.ts";
import { recordEvent } from "../runtime/record-event.ts";
import { isOwnedBy, ownerReference } from "./deployment.ts";
import type { PodTemplate } from "./pod-template.ts";

/** How a controller words what it does to a pod. */
export interface PodWords {
  created(name: string, owner: KubeObject): string;
  deleted(name: string, owner: KubeObject): string;
  refused(why: string, name: string, owner: KubeObject): string;
}

/** https://github.com/kubernetes/kubernetes/blob/v1.34.4/pkg/controller/controller_utils.go (RealPodControl) */
const WORDS: PodWords = {
  created: (name) => `Created pod: ${name}`,
  deleted: (name) => `Deleted pod: ${name}`,
  refused: (why) => `Error creating: ${why}`,
};

/** The pods of one controller's objects: found, made of a template, deleted, each with its Event. */
export interface PodControl {
  of(owner: KubeObject): KubeObject[];
  /** The refusal, where the server refuses. */
  create(
    owner: KubeObject,
    template: PodTemplate,
    metadata: { name: string; generateName?: string; labels?: Record<string, string>; finalizers?: string[] },
  ): string | undefined;
  remove(owner: KubeObject, pod: KubeObject): void;
  tell(owner: KubeObject, type: "Normal" | "Warning", reason: string, message: string): void;
}

export function createPodControl(cluster: Cluster, component: string, words = WORDS): PodControl {
  const { store } = cluster;
  const tell: PodControl["tell"] = (owner, type, reason, message) =>
    recordEvent(cluster, owner, { type, reason, message, component });
  return {
    tell,
    of: (owner) =>
      store.list("v1", "Pod", { namespace: owner.metadata.namespace }).filter((pod) => isOwnedBy(pod, owner)),
    create: (owner, template, { labels, ...metadata }) => {
      try {
        store.create({
          apiVersion: "v1",
          kind: "Pod",
          metadata: {
            ...template.metadata,
            ...metadata,
            labels: { ...template.metadata.labels, ...labels },
            namespace: owner.metadata.namespace ?? "",
            ownerReferences: [ownerReference(owner)],
          },
          spec: template.spec,
        });
      } catch (error) {
        if (!(error instanceof ApiStatusError)) {
          throw error;
        }
        tell(owner, "Warning", "FailedCreate", words.refused(error.message, metadata.name, owner));
        return error.message;
      }
      tell(owner, "Normal", "SuccessfulCreate", words.created(metadata.name, owner));
      return undefined;
    },
    remove: (owner, pod) => {
      store.delete(refOf(pod));
      tell(owner, "Normal", "SuccessfulDelete", words.deleted(pod.metadata.name, owner));
    },
  };
}
