import type { EnvironmentFacts } from "./environment-facts.ts";
import { type Identity, subjectOf } from "./identity.ts";

/** Who wrote a field last. `unread`: that could not be learned. `nobody`: the API server names none. */
export interface Holder {
  whose: "unread" | "nobody" | "flux" | "autoscaler" | "other";
  /** As they sign what they write; empty where none is known. */
  name: string;
  at?: Date;
}

/**
 * As managed fields tell. Nobody holds a count of pods that came to 0 by the `scale` subresource, as kubectl scale and
 * autoscalers have it (seen of Kubernetes 1.34; test/contract/controllers/workloads.ts). The server lists those who apply
 * before those who update, so that the last is not the newest.
 * https://github.com/kubernetes/kubernetes/blob/v1.34.4/staging/src/k8s.io/apimachinery/pkg/util/managedfields/internal/managedfields.go
 */
export function holderOf(
  { handlers }: Pick<EnvironmentFacts, "handlers">,
  object: Pick<Identity, "kind" | "namespace" | "name">,
  field: string,
): Holder {
  const managers = handlers[subjectOf(object)];
  if (!managers) return { whose: "unread", name: "" };
  const holder = managers
    .filter(({ fields }) => fields.includes(field))
    .toSorted((a, b) => (a.at?.getTime() ?? 0) - (b.at?.getTime() ?? 0))
    .at(-1);
  if (!holder) return { whose: "nobody", name: "" };
  const { name, at } = holder;
  return { whose: whoseIs(name), name, ...(at ? { at } : {}) };
}

function whoseIs(manager: string): Holder["whose"] {
  if (manager === "kustomize-controller") return "flux";
  // The HorizontalPodAutoscaler's controller, and KEDA's.
  return manager === "kube-controller-manager" || manager.startsWith("keda") ? "autoscaler" : "other";
}
